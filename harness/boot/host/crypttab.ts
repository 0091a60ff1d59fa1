import type { Entry, Root } from '../root/root.ts'
import { textAt } from '../root/root.ts'

/** A line of crypttab(5). */
export interface CryptLine {
  readonly line: number
  readonly text: string
  readonly name: string
  /** Such as `UUID=...` or `/dev/vdb2`. */
  readonly source: string
  /** Undefined for `none` and `-`: somebody is asked. */
  readonly keyFile: string | undefined
  readonly options: readonly string[]
  /** The key file as it stands there; undefined when there is none. */
  readonly key: Entry | undefined
}

/** `/etc/crypttab`; empty when there is none. */
export async function readCrypttab(root: Root): Promise<readonly CryptLine[]> {
  const text = (await textAt(root, '/etc/crypttab')) ?? ''
  const found: CryptLine[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const [name = '', source = '', key = 'none', options = ''] = line.split(/\s+/)
    const keyFile = key === 'none' || key === '-' ? undefined : key
    found.push({
      line: index + 1,
      text: raw,
      name,
      source,
      keyFile,
      options: options.split(',').filter((each) => each !== ''),
      key: keyFile?.startsWith('/') === true ? await root.entry(keyFile) : undefined,
    })
  }
  return found
}
