import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { seatrial, slow } from '../../fixtures/seatrial.ts'
import { answered } from './heard.ts'

const commands = readdirSync(new URL('./commands/', import.meta.url))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -'.ts'.length))

describe('help', slow, () => {
  test('lists every command with what it is for, and the exit codes', async () => {
    const { exitCode, stdout, stderr } = await seatrial(['--help'])
    expect([exitCode, stderr]).toEqual([0, ''])
    for (const name of commands) expect(stdout).toMatch(new RegExp(`^  ${name} +[A-Z].*\\.$`, 'm'))
    expect(stdout).toContain('Exit codes: 0 passed, 1 failed, 2 could not look (unsettled), 3 ')
    expect(stdout).not.toContain('\u001B')
  })

  test('of each command is there, with an example that names it, and exit code 0', async () => {
    const pages = await Promise.all(commands.map((name) => answered([name, '--help'])))
    const told = pages.map(({ exitCode, stderr, stdout }, index) => ({
      exitCode,
      stderr,
      usage: stdout.startsWith(`Usage: seatrial ${commands[index]} `),
      example: stdout.includes(`\nExamples:\n  seatrial ${commands[index]}`),
    }))
    expect(told).toEqual(commands.map(() => ({ exitCode: 0, stderr: '', usage: true, example: true })))
  })

  test('`help http` says what `http --help` says', async () => {
    const [asked, flagged] = await Promise.all([answered(['help', 'http']), answered(['http', '--help'])])
    expect(asked.stdout).toBe(flagged.stdout)
  })

  test('asked for nothing, a pipeline hears that it asked for nothing', async () => {
    const { exitCode, stdout } = await answered([])
    expect(exitCode).toBe(3)
    expect(stdout).toContain('Usage: seatrial <command> [options]')
  })

  test('the version is that of the package', async () => {
    const { exitCode, stdout } = await seatrial(['--version'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^\d+\.\d+\.\d+$/)
  })
})

test('a misspelt command is told what was probably meant, and any other what there is', slow, async () => {
  const [near, far] = await Promise.all([answered(['htpp']), answered(['--nonsense'])])
  expect([near.exitCode, far.exitCode]).toEqual([3, 3])
  expect(near.stderr).toContain('mend:   Did you mean `seatrial http`?')
  expect(far.stderr).toContain('given:  "--nonsense"')
  expect(far.stderr).toContain('mend:   Run `seatrial --help`.')
})

test.each(['run', 'prove'])(
  '`%s --only` with an id that there is not starts nothing: exit code 3',
  slow,
  async (command) => {
    const { exitCode, stdout, stderr } = await answered([command, '--only', 'http/etag-remvd'])
    expect([exitCode, stdout]).toEqual([3, ''])
    expect(stderr).toContain(`error: seatrial ${command} --only\n  given:  "http/etag-remvd"\n`)
  },
)

test('`run` with a format that there is not starts nothing: exit code 3', slow, async () => {
  const { exitCode, stdout, stderr } = await answered(['run', '--format', 'jsn'])
  expect([exitCode, stdout]).toEqual([3, ''])
  expect(stderr).toContain('mend:   Did you mean json?')
})

test('colours are for terminals and for who asks for them; NO_COLOR has the last word', slow, async () => {
  const wrong = ['explain', 'http/agee']
  const [plain, forced, refused] = await Promise.all([
    seatrial(wrong),
    seatrial(wrong, { env: { FORCE_COLOR: '1' } }),
    seatrial(wrong, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }),
  ])
  expect(plain.stderr).toContain('error: seatrial explain')
  expect([plain, forced, refused].map(({ stderr }) => stderr.includes('\u001B'))).toEqual([false, true, false])
})

test('a reader that goes away early, as `head` does, is no error', slow, async () => {
  const running = seatrial(['explain'])
  running.stdout.once('data', () => running.stdout.destroy())
  const { exitCode, stderr } = await running
  expect([exitCode, stderr]).toEqual([0, ''])
})
