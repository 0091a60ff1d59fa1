import type { Root } from '../root/root.ts'
import { textAt } from '../root/root.ts'

/** An ARRAY line of mdadm.conf(5). */
export interface ArrayLine {
  readonly line: number
  readonly text: string
  /** Such as `/dev/md0`. */
  readonly device: string
  readonly uuid: string | undefined
  readonly name: string | undefined
}

export interface MdadmConf {
  readonly path: string
  readonly arrays: readonly ArrayLine[]
}

const places = ['/etc/mdadm/mdadm.conf', '/etc/mdadm.conf']

/** The configuration of software RAID; undefined when there is none. */
export async function readMdadmConf(root: Root): Promise<MdadmConf | undefined> {
  for (const path of places) {
    const text = await textAt(root, path)
    if (text !== undefined) return { path, arrays: arraysIn(text) }
  }
  return undefined
}

/** The ARRAY lines of a text; a line that begins with a space goes on from the one before. */
export function arraysIn(text: string): ArrayLine[] {
  const found: ArrayLine[] = []
  const joined = text.replaceAll(/\n[ \t]+(?=\S)/g, (gap) => gap.replace('\n', '\u0001'))
  let number = 1
  for (const raw of joined.split('\n')) {
    const line = number
    number += 1 + (raw.match(/\u0001/g)?.length ?? 0)
    const words = raw.replaceAll('\u0001', ' ').replace(/#.*$/, '').trim().split(/\s+/)
    if (words[0]?.toUpperCase() !== 'ARRAY') continue
    const valueOf = (key: string): string | undefined =>
      words.find((word) => word.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1)
    const device = words[1] !== undefined && !words[1].includes('=') ? words[1] : ''
    found.push({ line, text: raw.replaceAll('\u0001', '\n'), device, uuid: valueOf('uuid'), name: valueOf('name') })
  }
  return found
}
