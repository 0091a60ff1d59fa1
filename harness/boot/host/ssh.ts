import type { TextLine, Texts } from './texts.ts'
import { fragments, linesOf } from './texts.ts'

export interface SshSetting extends TextLine {
  /** In lower case, as sshd compares it. */
  readonly keyword: string
  readonly value: string
}

/** The settings of sshd in the order in which it reads them: the folder is included at the top on Debian. */
export function sshSettings(texts: Texts): readonly SshSetting[] {
  const paths = [...fragments(texts, ['/etc/ssh/sshd_config.d']), '/etc/ssh/sshd_config']
  return paths
    .flatMap((path) => linesOf(texts, path, /^#/))
    .map((each) => {
      const [, keyword = '', value = ''] = /^([^\s=]+)(?:\s*=\s*|\s+)?(.*)$/.exec(each.text) ?? []
      return { ...each, keyword: keyword.toLowerCase(), value: value.replaceAll('"', '').trim() }
    })
}

/** Host keys that sshd is told to use. */
export function keyPaths(texts: Texts): readonly string[] {
  return sshSettings(texts).flatMap(({ keyword, value }) => (keyword === 'hostkey' ? [value] : []))
}
