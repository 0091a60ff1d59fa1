import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { execa } from 'execa'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const nowhere = { DOCKER_HOST: 'tcp://127.0.0.1:9' }

const seatrial = (args: readonly string[], env: Record<string, string> = {}) =>
  execa(process.execPath, [main, ...args], { env, reject: false, timeout: 20_000 })

const diagnosis = z.strictObject({
  id: z.string(),
  title: z.string(),
  neededBy: z.enum(['run', 'tests', 'machines', 'convenience']),
  state: z.enum(['ok', 'missing', 'degraded', 'unknown']),
  detail: z.string().min(1),
  fix: z.string().min(1).optional(),
})
const page = z.strictObject({
  schema: z.literal(1),
  version: z.string(),
  ready: z.boolean(),
  answers: z.array(diagnosis),
})

describe('seatrial doctor', () => {
  test('without an engine is not ready: exit code 2, what is missing and its fix', async () => {
    const { exitCode, stdout } = await seatrial(['doctor'], nowhere)
    expect(exitCode).toBe(2)
    expect(stdout).toMatch(/^ {2}missing {3}Container engine +DOCKER_HOST \(tcp:\/\/127\.0\.0\.1:9\): .*ECONNREFUSED/m)
    expect(stdout).toMatch(/^ +fix: unset DOCKER_HOST, or start the engine that it names$/m)
    expect(stdout).toMatch(/^ {2}unknown {3}Base image +there is no engine to ask$/m)
    expect(stdout.split('\n').at(-1)).toBe('Not ready to run: what is missing above would be unsettled.')
  })

  test('--json is one document of a stable shape, with every question answered once', async () => {
    const { exitCode, stdout } = await seatrial(['doctor', '--json'], nowhere)
    const { ready, answers } = page.parse(JSON.parse(stdout))
    expect({ exitCode, ready }).toEqual({ exitCode: 2, ready: false })
    expect(answers.map(({ id }) => id).toSorted()).toEqual([
      'base-image',
      'browser',
      'capabilities',
      'clock',
      'disk',
      'engine',
      'kvm',
      'node',
      'openssl',
      'reaper',
    ])
  })

  test('knows the Node that it runs on, that a child can be detached, and that the clock can be right', async () => {
    const { stdout } = await seatrial(['doctor', '--json'], nowhere)
    const states = page.parse(JSON.parse(stdout)).answers.map(({ id, state, detail }) => [id, `${state}: ${detail}`])
    expect(Object.fromEntries(states)).toMatchObject({
      node: expect.stringMatching(`^ok: ${process.versions.node} at `),
      reaper: 'ok: a detached child can be started and sees its pipe close',
      clock: expect.stringMatching(/^ok: .*its offset from true time is not known$/),
    })
  })

  test('colours the words only where colours are wanted', async () => {
    const plain = await seatrial(['doctor'], { ...nowhere, NO_COLOR: '1' })
    const coloured = await seatrial(['doctor'], { ...nowhere, NO_COLOR: '', FORCE_COLOR: '1' })
    expect(plain.stdout).not.toContain('\u001B')
    expect(coloured.stdout).toContain('\u001B[31mmissing \u001B[39m')
  })

  test('refuses an option that it does not have, with exit code 3', async () => {
    const { exitCode, stderr } = await seatrial(['doctor', '--jsn'])
    expect(exitCode).toBe(3)
    expect(stderr).toContain('--jsn')
  })
})
