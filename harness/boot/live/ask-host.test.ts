import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ExecResult, Machine } from '../../substrate/index.ts'
import { declaredState } from '../declared.ts'
import { askHost } from './ask-host.ts'
import { thisHost } from './here.ts'
import { known } from './live-host.ts'

/** The shells of small hosts that are here: that of Debian, and that of busybox with its own tools. */
const shells = [['sh'], ...(has('busybox') ? [['busybox', 'sh']] : [])] as const

function has(command: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`])
    return true
  } catch {
    return false
  }
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seatrial-it's "))
  await mkdir(join(folder, 'data/below'), { recursive: true })
  await writeFile(join(folder, 'data/one'), 'one')
  await writeFile(join(folder, 'data/below/two'), 'two')
  await symlink('one', join(folder, 'data/link'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe.each(shells.map((shell) => ({ shell })))('a host with the shell $shell', ({ shell }) => {
  const here = thisHost()
  const machine: Pick<Machine, 'exec' | 'name'> = {
    name: here.name,
    // A tuple with at least one element stays one when its first is taken for another.
    exec: ([, ...rest]) => here.exec([...shell, ...rest] as unknown as readonly [string, ...string[]]),
  }
  const asked = (more: object) => askHost(machine, declaredState.parse(more))

  test('tells its mounts, its settings, its name and its time, all in one command', async () => {
    const host = await asked({ kernel: { 'kernel.ostype': 'Linux', 'no.such.setting': '1' } })
    expect(known(host.mounts, 'mounts').map(({ at }) => at)).toContain('/proc')
    expect(host.kernel).toEqual({ known: { 'kernel.ostype': 'Linux' } })
    expect(known(host.hostname, 'hostname').kernel).toBe(here.name)
    expect(Math.abs(known(host.clock, 'clock') - Date.now() / 1000)).toBeLessThan(60)
    expect(known(host.bootId, 'boot')).toMatch(/^[0-9a-f-]{36}\/\d+$/)
  })

  test('tells the names in temporary storage, and none of a folder that is not there', async () => {
    const [full, absent] = [join(folder, 'data'), join(folder, 'absent')]
    const host = await asked({ temporary: [full, absent] })
    expect(host.temporary).toEqual({ known: { [full]: ['below', 'link', 'one'], [absent]: [] } })
  })

  test('tells what declared commands answer, with how they end', async () => {
    const [failing, saying] = [`echo "it's"; echo no >&2; exit 3`, `printf '%s\\n' 100 '  '`]
    const host = await asked({ answers: [{ command: failing }, { command: saying }] })
    expect(known(host.answers, 'answers')).toMatchObject([
      { command: failing, exitCode: 3, output: "it's\nno" },
      { command: saying, exitCode: 0, output: '100' },
    ])
  })

  test('sums up all that a command answers, and keeps the beginning of what it said', async () => {
    const command = `cat "${join(folder, 'long')}"`
    const answer = async () => known((await asked({ answers: [{ command }] })).answers, 'answers')[0]
    await writeFile(join(folder, 'long'), `${'x'.repeat(5000)}1`)
    const first = await answer()
    expect(first?.output).toBe('x'.repeat(2000))
    expect(await answer()).toEqual(first)
    await writeFile(join(folder, 'long'), `${'x'.repeat(5000)}2`)
    expect((await answer())?.sum).not.toBe(first?.sum)
  })

  test('tells what is installed when it is asked for, and not otherwise', async () => {
    const list = execFileSync('dpkg-query', ['-W', '-f', '${binary:Package} ${Version}\\n']).toString()
    const told = known((await askHost(machine, declaredState.parse({}), { packages: true })).packages, 'packages')
    expect(Object.keys(told).length).toBeGreaterThan(50)
    for (const [name, version] of Object.entries(told).slice(0, 20)) expect(list).toContain(`${name} ${version}\n`)
    expect((await asked({})).packages).toEqual({ unknown: 'nobody asked' })
  })

  describe('sums data up', () => {
    const sum = async () => known((await asked({ data: [join(folder, 'data')] })).data, 'data')[0]

    test('with the number of files, and as long as nothing changes to the same sum', async () => {
      const first = await sum()
      expect(first).toMatchObject({
        path: join(folder, 'data'),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        files: 2,
      })
      await utimes(join(folder, 'data/one'), 1, 1)
      expect(await sum()).toEqual(first)
    })

    test.for([
      ['a byte', () => writeFile(join(folder, 'data/below/two'), 'twO')],
      ['a mode', () => chmod(join(folder, 'data/one'), 0o600)],
      ['the mode of a folder', () => chmod(join(folder, 'data/below'), 0o700)],
      ['a name', () => rename(join(folder, 'data/one'), join(folder, 'data/eins'))],
      ['a file more', () => writeFile(join(folder, 'data/three'), '')],
      [
        'where a link leads',
        () => rm(join(folder, 'data/link')).then(() => symlink('below', join(folder, 'data/link'))),
      ],
    ] as const)('and to another when %s changes', async ([, change]) => {
      const first = await sum()
      await change()
      expect((await sum())?.sha256).not.toBe(first?.sha256)
    })

    test('and has no sum for a path that is not there', async () => {
      const path = join(folder, 'absent')
      expect((await asked({ data: [path] })).data).toEqual({ known: [{ path, sha256: undefined, files: 0 }] })
    })
  })
})

test('a host without a shell cannot be asked, and says why', async () => {
  const exec = async (): Promise<ExecResult> => ({ exitCode: 127, stdout: '', stderr: 'sh: not found\n' })
  await expect(askHost({ name: 'bare', exec }, declaredState.parse({}))).rejects.toMatchObject({
    code: 'SEATRIAL_HOST_SILENT',
    because: 'prerequisite',
    message: expect.stringContaining('sh: not found'),
  })
})
