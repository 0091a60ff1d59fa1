import type { Texts } from './texts.ts'

export const lvmConf = '/etc/lvm/lvm.conf'

/** A setting of lvm.conf(5) that is a list of texts. */
export interface LvmList {
  readonly name: string
  readonly values: readonly string[]
  /** Counted from 1. */
  readonly line: number
}

/** The lists of lvm.conf that are set, comments left out; a list may go over several lines. */
export function lvmLists(texts: Texts): readonly LvmList[] {
  const text = (texts.get(lvmConf) ?? '').replaceAll(/#[^\n]*/g, (comment) => ' '.repeat(comment.length))
  return [...text.matchAll(/(?:^|\n|\{)\s*(?:devices\/|activation\/)?(\w+)\s*=\s*\[([^\]]*)\]/g)].map((found) => ({
    name: found[1] ?? '',
    values: [...(found[2] ?? '').matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, value = '']) => value),
    line: text.slice(0, found.index + found[0].indexOf(found[1] ?? '')).split('\n').length,
  }))
}

/** Whether a filter lets a device in: the first pattern that matches decides, and what none matches is let in. */
export function letsIn(filter: readonly string[], device: string): boolean {
  for (const each of filter) {
    const [, sign, , pattern = ''] = /^([ar])(.)(.*)\2$/.exec(each) ?? []
    if (sign === undefined) continue
    try {
      if (new RegExp(pattern).test(device)) return sign === 'a'
    } catch {
      // LVM's own patterns know less than ours; one that cannot be read here decides nothing.
    }
  }
  return true
}

/** /dev/GROUP/VOLUME of LVM as the mapper has it, with its hyphens doubled. */
export function volumePath(path: string): string {
  const [, group, volume] = /^\/dev\/(?!disk\/|mapper\/|md\/)([^/]+)\/([^/]+)$/.exec(path) ?? []
  if (group === undefined || volume === undefined) return path
  return `/dev/mapper/${group.replaceAll('-', '--')}-${volume.replaceAll('-', '--')}`
}
