import { linesOf } from './answer.ts'
import type { LiveArray, LiveMount } from './live-host.ts'

/** Lines of /proc/self/mountinfo; see proc_pid_mountinfo(5). @param devices nodes by their numbers, `8:1` */
export function readMounts(mountinfo: string, devices: ReadonlyMap<string, string>): LiveMount[] {
  return linesOf(mountinfo).flatMap((line): LiveMount[] => {
    // Optional fields end at a dash of their own.
    const [before = '', after] = line.split(' - ', 2)
    const [, , numbers = '', root, at, own = ''] = before.split(' ')
    const [type, source, whole = ''] = (after ?? '').split(' ')
    if (root === undefined || at === undefined || type === undefined || source === undefined) return []
    const device = devices.get(numbers)
    return [
      {
        at: unescaped(at),
        source: unescaped(source),
        root: unescaped(root),
        type,
        options: optionsOf(own, whole),
        ...(device !== undefined && { device }),
      },
    ]
  })
}

function optionsOf(...lists: readonly string[]): string[] {
  const all = [...new Set(lists.flatMap((list) => list.split(',')).filter((option) => option !== ''))]
  return all.includes('ro') ? all.filter((option) => option !== 'rw') : all
}

/** The kernel writes blanks and backslashes in names as three octal digits. */
function unescaped(name: string): string {
  return name.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

/** `8:1 /dev/sda1` lines. */
export function readDevices(text: string): Map<string, string> {
  return new Map(linesOf(text).map((line) => [line.split(' ')[0] ?? '', line.split(' ')[1] ?? '']))
}

const tags: Readonly<Record<string, string>> = {
  '/dev/disk/by-uuid': 'UUID=',
  '/dev/disk/by-label': 'LABEL=',
  '/dev/disk/by-partuuid': 'PARTUUID=',
  '/dev/disk/by-partlabel': 'PARTLABEL=',
  '/dev/disk/by-id': 'ID=',
}

/** Links as `ls -l` of several folders shows them: each by its path, and by the tag that fstab has for it. */
export function readNames(listing: string): Record<string, string> {
  const names: Record<string, string> = {}
  let folder = ''
  for (const line of listing.split('\n')) {
    const [, header] = /^(\/\S*):$/.exec(line) ?? []
    if (header !== undefined) folder = header
    const [, name, target] = / (\S+) -> (\S+)$/.exec(line) ?? []
    if (name === undefined || target === undefined || !line.startsWith('l')) continue
    const device = target.startsWith('/') ? target : `/dev/${target.replace(/^(?:\.\.?\/)+/, '')}`
    names[`${folder}/${name}`] = device
    const tag = tags[folder]
    if (tag !== undefined) names[tag + decoded(name)] = device
  }
  return names
}

/** udev writes what may not stand in a file name as \x20. */
function decoded(name: string): string {
  return name.replaceAll(/\\x([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}

/** /proc/swaps below its heading. */
export function readSwaps(text: string): string[] {
  return linesOf(text)
    .slice(1)
    .map((line) => unescaped(line.split(/\s+/)[0] ?? ''))
}

/** /proc/mdstat; see md(4). */
export function readArrays(mdstat: string, names: Readonly<Record<string, string>>): LiveArray[] {
  const arrays: LiveArray[] = []
  const lines = mdstat.split('\n')
  for (const [index, line] of lines.entries()) {
    const [, name, rest = ''] = /^(md\S*) : (.*)$/.exec(line) ?? []
    if (name === undefined) continue
    const device = `/dev/${name}`
    const [, health] = /\[([U_]+)\]/.exec(lines[index + 1] ?? '') ?? []
    const members = [...rest.matchAll(/(\S+)\[\d+\](?:\([A-Z]\))*/g)].map(([, member = '']) => `/dev/${member}`)
    arrays.push({
      device,
      names: Object.keys(names).filter((from) => names[from] === device && from.startsWith('/dev/md')),
      state: rest.split(/\s+(?:raid|linear)|\s\S+\[/)[0]?.trim() ?? '',
      members,
      ...(health !== undefined && { health }),
    })
  }
  return arrays
}
