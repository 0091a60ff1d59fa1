import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sideBySide } from '../../harness/kernel/index.ts'
import type { Tried } from '../../harness/boot/machine/try-mutation.ts'
import { referenceImage, tryMutation } from '../../harness/boot/machine/try-mutation.ts'
import type { Mutation } from '../../harness/boot/mutation.ts'
import { allMutations } from '../../harness/boot/mutation.ts'
import type { RunScope } from '../../harness/substrate/index.ts'
import { openRun } from '../../harness/substrate/index.ts'

const shown = (await allMutations()).filter(({ afterBoot }) => afterBoot.length > 0)
const controls = ['first', 'second', 'third']
/** A boot each, side by side as the processors allow; each test waits for its own. */
const boots = new Map([...shown.map(({ id }) => id), ...controls].map((id) => [id, Promise.withResolvers<Tried>()]))

const { signal } = new AbortController()
const limit = { timeout: 1_800_000 }
let run: RunScope

beforeAll(async () => {
  run = await openRun()
  const image = await referenceImage(run, () => undefined)
  const { after } = await tryMutation(undefined, { image, run, signal })
  if (after === undefined) throw new Error('the reference host does not answer')
  const boot = (id: string, mutation: Mutation | undefined) => ({
    processors: 1,
    work: async () => {
      const { resolve, reject } = boots.get(id) ?? Promise.withResolvers<Tried>()
      await tryMutation(mutation, { image, run, signal, before: after }).then(resolve, reject)
    },
  })
  const loads = [...shown.map((mutation) => boot(mutation.id, mutation)), ...controls.map((id) => boot(id, undefined))]
  void Array.fromAsync(sideBySide(loads, availableParallelism()))
}, 600_000)
afterAll(() => run[Symbol.asyncDispose]())

describe('a machine that is booted after a change', () => {
  test.for(shown)('$id: $title', limit, async ({ id, afterBoot }) => {
    expect((await boots.get(id)?.promise)?.found).toEqual(expect.arrayContaining([...afterBoot]))
  })

  test.for(controls)('without a change raises no alarm, the %s boot', limit, async (id) => {
    expect(await boots.get(id)?.promise).toMatchObject({ found: [], unsettled: [] })
  })
})
