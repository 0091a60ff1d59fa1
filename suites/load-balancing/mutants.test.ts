import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../harness/kernel/index.ts'
import { loadbalancing } from '../../harness/loadbalancing/index.ts'
import { slices } from '../../harness/registry.ts'
import { startStack } from '../../harness/stack/index.ts'
import type { RunScope } from '../../harness/substrate/index.ts'
import { openRun } from '../../harness/substrate/index.ts'
import type { Proof } from '../../harness/trial/index.ts'
import { prepareTrial, prove } from '../../harness/trial/index.ts'

/** One line of a balancer's configuration is changed: the rule that is named must notice, and must be silent before. */

const mutants = (await loadbalancing.mutants()).map(({ thing }) => thing)
/** All are tried in one go, side by side; each test waits for its own. */
const proofs = new Map(mutants.map(({ id }) => [id, Promise.withResolvers<Proof>()]))
const over = new AbortController()

let run: RunScope
let proving: Promise<void>
beforeAll(async () => {
  run = await openRun()
  const plan = await prepareTrial({
    folder: process.cwd(),
    configFile: loadbalancing.proving?.config ?? '',
    profile: 'commit',
    slices,
    env: process.env,
  })
  const { seed, allow, baseFolder, practices } = plan
  const section = practices.find(({ slice }) => slice.id === loadbalancing.id)?.section
  const options = { run, clock: systemClock, seed, signal: over.signal, allow, baseFolder, section, progress: () => {} }
  const stack = await startStack({}, { run, baseFolder, signal: over.signal })
  const all = async (): Promise<void> => {
    for await (const proof of prove(loadbalancing, mutants, stack, options)) proofs.get(proof.mutant.id)?.resolve(proof)
  }
  proving = all().catch((error: unknown) => {
    for (const { reject } of proofs.values()) reject(error)
  })
})
afterAll(async () => {
  over.abort()
  await proving
  await run[Symbol.asyncDispose]()
})

describe('a balancer after a change', () => {
  test.for(mutants)('$id: "$title" is noticed by $kills', { timeout: 300_000 }, async ({ id }) => {
    const proof = await proofs.get(id)?.promise
    expect(proof?.step).toMatchObject({ findings: [] })
    expect(proof?.step.unsettled).toBeUndefined()
    expect(proof?.fate).toBe('killed')
  })
})
