import type { Machine } from '../../substrate/index.ts'
import type { Facts, Manifest } from './compare.ts'

/**
 * Everything below a folder of a machine: kind, mode, owner and group by number, time of the last change in whole
 * seconds (of a symbolic link as `link time`), bytes, target of a symbolic link, how many names a file has (`hard links`),
 * SHA-256 of its content, and where the machine has `getfattr` its `extended attributes` and `access list`. The folder
 * itself is the entry `.`. Names are bytes; one that is no UTF-8 keeps its bytes as `\xNN`.
 *
 * @throws Error when the folder cannot be read: an empty manifest would say that nothing was there
 */
export async function treeManifest(machine: Machine, folder: string): Promise<Manifest> {
  const { exitCode, stdout, stderr } = await machine.exec(['bash', '-c', look, 'look', folder])
  if (exitCode !== 0) throw new Error(`${folder} of ${machine.name} cannot be listed: ${stderr.trim()}`)
  const [entries = '', sums = '', attributes = ''] = stdout.trim().split('\n').map(fromBase64)
  const contents = new Map(
    sums.split('\0').flatMap((line) => {
      const [, sum, path] = /^([0-9a-f]{64}) [ *]\.\/(.*)$/s.exec(line) ?? []
      return sum === undefined || path === undefined ? [] : [[path, sum] as const]
    }),
  )
  const more = attributesIn(attributes)
  const manifest = new Map<string, Facts>()
  const fields = entries.split('\0')
  for (let at = 0; at + perEntry <= fields.length; at += perEntry) {
    const [path = '', kind = '', mode = '', owner = '', time = '', names = '', bytes = '', target = ''] =
      fields.slice(at)
    const content = contents.get(path)
    manifest.set(path === '' ? '.' : printable(path), {
      kind,
      mode,
      owner,
      // Tools that keep times keep those of links more seldom.
      [kind === 'l' ? 'link time' : 'time']: time.replace(/\..*$/, ''),
      // How many names a folder has is the file system's own affair.
      ...(kind === 'f' && { bytes, 'hard links': names }),
      ...(kind === 'l' && { target: printable(target) }),
      ...(content !== undefined && { content }),
      ...more.get(path),
    })
  }
  return manifest
}

const perEntry = 8

// Base64, because output is read as text and a name may be any bytes; one line for each of the two lists.
const look = `set -euo pipefail
cd "$1"
find . -printf '%P\\0%y\\0%m\\0%U:%G\\0%T@\\0%n\\0%s\\0%l\\0' | base64 -w 0
echo
find . -type f -print0 | xargs -0 -r sha256sum -z | base64 -w 0
echo
if type getfattr >/dev/null 2>&1; then
  getfattr --recursive --physical --no-dereference --dump --encoding=hex \\
    --match='^(user[.]|security[.]capability|system[.]posix_acl)' . | base64 -w 0
fi`

/** What getfattr tells of each path: a line that names it, lines `name=0xHEX`, and an empty line. */
function attributesIn(told: string): ReadonlyMap<string, Facts> {
  const files = told.split('\n\n').flatMap((block) => {
    const [head = '', ...lines] = block.trim().split('\n')
    const path = head
      .replace(/^# file: (?:\.\/)?/, '')
      .replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    const [lists, own] = [lines.filter((line) => isList(line)), lines.filter((line) => !isList(line))]
    const facts: Facts = {
      ...(own.length > 0 && { 'extended attributes': own.toSorted().join(' ') }),
      ...(lists.length > 0 && { 'access list': lists.toSorted().join(' ') }),
    }
    return lines.length === 0 ? [] : [[path === '.' ? '' : path, facts] as const]
  })
  return new Map(files)
}

const isList = (line: string): boolean => line.startsWith('system.posix_acl')

const fromBase64 = (line: string): string => Buffer.from(line, 'base64').toString('latin1')

function printable(bytes: string): string {
  const raw = Buffer.from(bytes, 'latin1')
  const text = raw.toString('utf8')
  const kept = Buffer.from(text, 'utf8').equals(raw) ? text : bytes
  const hidden = kept === text ? /[\0-\x1f\x7f]/g : /[^\x20-\x7e]/g
  return kept.replace(hidden, (each) => `\\x${each.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
