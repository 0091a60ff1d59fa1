import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LiveHost } from '../../harness/boot/live/live-host.ts'
import { referenceImage, tryMutation } from '../../harness/boot/machine/try-mutation.ts'
import { allMutations } from '../../harness/boot/mutation.ts'
import type { RunScope } from '../../harness/substrate/index.ts'
import { openRun } from '../../harness/substrate/index.ts'

/** An emulated machine keeps one processor busy: more at once would only make each of them late. */
const slots = Array.from({ length: Math.max(1, Math.floor(availableParallelism())) }, () => Promise.resolve())
let turn = 0

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const slot = turn++ % slots.length
  const mine = (slots[slot] ?? Promise.resolve()).then(work)
  slots[slot] = mine.then(
    () => undefined,
    () => undefined,
  )
  return mine
}

let run: RunScope
let image: string
let before: LiveHost
const { signal } = new AbortController()

beforeAll(async () => {
  run = await openRun()
  image = await referenceImage(run, () => undefined)
  const { after, found } = await tryMutation(undefined, { image, run, signal })
  expect(found).toEqual([])
  if (after === undefined) throw new Error('the reference host does not answer')
  before = after
})
afterAll(() => run[Symbol.asyncDispose]())

const mutations = await allMutations()

describe('a machine that is booted after a change', () => {
  const shown = mutations.filter(({ afterBoot }) => afterBoot.length > 0)

  test.concurrent.for(shown)('$id: $title', { timeout: 900_000 }, async (mutation, { expect: wanted }) => {
    const { found } = await inTurn(() => tryMutation(mutation, { image, run, signal, before }))
    wanted(found).toEqual(wanted.arrayContaining([...mutation.afterBoot]))
  })

  test.concurrent.for([1, 2, 3])(
    'without a change raises no alarm, boot %i',
    { timeout: 900_000 },
    async (_, given) => {
      const { found, unsettled } = await inTurn(() => tryMutation(undefined, { image, run, signal, before }))
      given.expect({ found, unsettled }).toEqual({ found: [], unsettled: [] })
    },
  )
})
