import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { seededRandom } from '../../kernel/index.ts'
import { parseFstab } from './parse.ts'

/** libmount is the parser of mount(8); where findmnt of util-linux is not installed nobody can be asked, and that is told. */
const told = spawnSync('findmnt', ['--version'], { encoding: 'utf8' })
const findmnt = told.error === undefined && told.stdout.includes('util-linux')
const folder = mkdtempSync(join(tmpdir(), 'seatrial-libmount-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Read {
  readonly source: string
  readonly target: string
  readonly fstype: string
  readonly options: string
  readonly freq: number
  readonly passno: number
}

function theirs(text: string): { readonly read: readonly Read[]; readonly complained: readonly number[] } {
  const file = join(folder, 'fstab')
  writeFileSync(file, text)
  const columns = 'SOURCE,TARGET,FSTYPE,OPTIONS,FREQ,PASSNO'
  const { stdout, stderr } = spawnSync('findmnt', ['--tab-file', file, '--json', '--list', '-o', columns], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  const complained = [...stderr.matchAll(/parse error at line (\d+)/g)].map(([, line]) => Number(line))
  // findmnt's own shape: { filesystems: [...] }; nothing at all when no line was read.
  const parsed = stdout.trim() === '' ? { filesystems: [] } : (JSON.parse(stdout) as { filesystems: Read[] })
  return { read: parsed.filesystems, complained }
}

/** Lines as people write them, good ones and bad ones, from a seed. */
function lineFrom(random: () => number): string {
  const one = <T>(...from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0]
  const gap = (): string => one(' ', '\t', '   ', ' \t ')
  const source = one(
    'UUID=0a1b-2c3d',
    'LABEL=data',
    '/dev/vdb1',
    'nas:/export',
    'tmpfs',
    String.raw`LABEL=a\040b`,
    '/swap',
    'PARTUUID=1-2',
  )
  const target = one('/srv', '/srv/', '/', 'none', String.raw`/with\040space`, '/a/b/c', '/tab\\011end', 'swap', '/x,y')
  const type = one('ext4', 'xfs', 'swap', 'nfs4', 'tmpfs', 'auto', 'ext3,ext4', 'fuse.sshfs')
  const options = one(
    'defaults',
    'rw,noatime',
    'nofail,x-systemd.device-timeout=5s',
    'size=64M,mode=1777',
    'ro',
    'sw',
    'a=b=c',
  )
  const numbers = one('0 0', '0 1', '0 2', '1 2', '', '0', '0  2', 'x 1', '0 y', '0 2 extra', '-1 0')
  const fields = [source, target, type, options, numbers]
  const kept = random() < 0.15 ? fields.slice(0, 1 + Math.floor(random() * 4)) : fields
  const text = kept.filter((field) => field !== '').join(gap())
  return `${one('', '', '', ' ', '\t')}${one('', '', '', '', '', '# ')}${text}${one('', '', '', ' ', '\t')}`
}

test.skipIf(!findmnt)(
  'of 600 random lines each is read as libmount reads it, or told as wrong where libmount drops it',
  () => {
    const random = seededRandom(23)
    const rows = Array.from({ length: 600 }, () => lineFrom(random))
    const seen = { same: 0, dropped: 0 }
    for (let at = 0; at < rows.length; at += 40) {
      const text = `${rows.slice(at, at + 40).join('\n')}\n`
      const { read, complained } = theirs(text)
      const { lines, problems } = parseFstab(new TextEncoder().encode(text))
      const wrong = new Set(problems.map(({ line }) => line))
      // What libmount drops, and what it reads, are both told: nothing is dropped here in silence.
      for (const line of complained) expect(wrong.has(line), `line ${line} of\n${text}`).toBe(true)
      const other = read.map((each) =>
        keyOf({ ...each, options: each.options ?? 'defaults', target: bare(each.target) }),
      )
      for (const { line, spec, target, type, options, dump, pass } of lines) {
        if (wrong.has(line)) continue
        const written = options.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`)).join(',')
        expect(other, text).toContain(
          keyOf({ source: spec, target, fstype: type, options: written, freq: dump, passno: pass }),
        )
        seen.same++
      }
      const places = new Set(lines.map(({ spec, target }) => `${spec} ${target}`))
      for (const { source, target } of read) expect(places, text).toContain(`${source} ${bare(target)}`)
      seen.dropped += complained.length
    }
    expect(seen.same).toBeGreaterThan(200)
    expect(seen.dropped).toBeGreaterThan(20)
  },
)

const bare = (target: string): string => (target.length > 1 ? target.replace(/\/+$/, '') : target)
function keyOf({ source, target, fstype, options, freq, passno }: Read): string {
  return [source, target, fstype, options, freq ?? 0, passno ?? 0].join(' ')
}
