import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { seededRandom } from '../../kernel/index.ts'
import { hasOption, parseFstab } from './parse.ts'

const parsed = (text: string) => parseFstab(new TextEncoder().encode(text))

test('a line has its number, its source by kind, its options by name and its two numbers', () => {
  const { lines, problems } = parsed('# the root\n\nUUID=ab-cd\t/\text4\trw,errors=remount-ro\t0\t1\n')
  expect(problems).toEqual([])
  expect(lines).toEqual([
    {
      line: 3,
      text: 'UUID=ab-cd\t/\text4\trw,errors=remount-ro\t0\t1',
      spec: 'UUID=ab-cd',
      source: { kind: 'tag', tag: 'UUID', value: 'ab-cd' },
      target: '/',
      type: 'ext4',
      options: [{ name: 'rw' }, { name: 'errors', value: 'remount-ro' }],
      dump: 0,
      pass: 1,
    },
  ])
})

test.for([
  ['/dev/vdb1', 'device'],
  ['LABEL="my data"', 'tag'],
  ['nas:/export', 'network'],
  ['[fe80::1]:/export', 'network'],
  ['//nas/share', 'network'],
  ['/srv/disk.img', 'path'],
  ['tmpfs', 'none'],
] as const)('%s is a source of the kind %s', ([spec, kind]) => {
  const [line] = parsed(`${spec.replaceAll(' ', '\\040')} /mnt auto defaults 0 0\n`).lines
  expect(line?.source.kind).toBe(kind)
})

test('octal escapes stand for the bytes that may not stand there themselves', () => {
  const [line] = parsed(String.raw`/dev/vdb1 /srv/a\040b\011c\134d ext4 defaults 0 2`).lines
  expect(line?.target).toBe('/srv/a b\tc\\d')
})

test('a comma inside quotes belongs to the value of its option', () => {
  const [line] = parsed('tmpfs /run/x tmpfs context="a,b",size=1M 0 0').lines
  expect(line?.options).toEqual([
    { name: 'context', value: 'a,b' },
    { name: 'size', value: '1M' },
  ])
  expect(line !== undefined && hasOption(line, 'size')).toBe(true)
})

test('what is wrong with a line is told with its number, and the lines around it are read', () => {
  const { lines, problems } = parsed('/dev/vdb1\n/dev/vdb2 /b\n/dev/vdb3 /c ext4 defaults 0 0\r\n')
  expect(lines.map(({ target }) => target)).toEqual(['/b', '/c'])
  expect(problems.map(({ line, what }) => [line, what])).toEqual([
    [1, 'has one field; a mount point and a type are missing'],
    [2, 'has two fields; the type is missing'],
  ])
})

test('random bytes give lines and problems, at most a hundred of these, and never an exception', () => {
  const random = seededRandom(7)
  const below = (most: number): number => Math.floor(random() * most)
  for (let round = 0; round < 300; round++) {
    const bytes = Uint8Array.from({ length: below(2_000) }, () => below(256))
    const { lines, problems } = parseFstab(bytes)
    expect(problems.length).toBeLessThanOrEqual(100)
    for (const { line, spec } of lines) expect([line > 0, spec !== '']).toEqual([true, true])
  }
})

/** util-linux has the parser that mount(8) uses; where it is not installed there is nobody to ask. */
const findmnt = (() => {
  try {
    return execFileSync('findmnt', ['--version'], { encoding: 'utf8' }).includes('util-linux')
  } catch {
    return false
  }
})()

test.skipIf(!findmnt)('well-formed lines are read as libmount reads them', () => {
  const text = [
    'UUID=0a1b2c3d-0000-4000-8000-000000000001 / ext4 errors=remount-ro 0 1',
    '/dev/md0\t/opt\text4\tdefaults,noatime\t0\t2',
    String.raw`LABEL=big\040disk /srv/with\040space xfs nofail,x-systemd.device-timeout=5s 0 2`,
    'nas:/export /mnt nfs _netdev,ro 0 0',
    'tmpfs /scratch tmpfs size=64M,mode=1777 0 0',
    '/swap.img none swap sw 0 0',
  ].join('\n')
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-fstab-'))
  try {
    const file = join(folder, 'fstab')
    writeFileSync(file, `${text}\n`)
    const columns = ['--raw', '--noheadings', '-o', 'SOURCE,TARGET,FSTYPE,OPTIONS,FREQ,PASSNO']
    const told = execFileSync('findmnt', ['--tab-file', file, ...columns], { encoding: 'utf8' })
    const unhexed = (field: string): string =>
      field.replaceAll(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    const theirs = told
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map(unhexed))
    const ours = parsed(text).lines.map(({ spec, target, type, options, dump, pass }) => [
      spec,
      target,
      type,
      options.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`)).join(','),
      String(dump),
      String(pass),
    ])
    expect(ours).toEqual(theirs)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
