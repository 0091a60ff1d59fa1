/**
 * What boots cost here, and whether each mutation is noticed: real boots of the reference host.
 *
 *     npm run bench:boot -- [--times 3] [--mutations] [--only fstab-noauto,...] [--at-once 2]
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { LiveHost } from '../../harness/boot/live/live-host.ts'
import { messageOf, sideBySide } from '../../harness/kernel/index.ts'
import type { Tried } from '../../harness/boot/machine/try-mutation.ts'
import { referenceImage, tryMutation } from '../../harness/boot/machine/try-mutation.ts'
import type { Mutation } from '../../harness/boot/mutation.ts'
import { allMutations } from '../../harness/boot/mutation.ts'

import { openRun } from '../../harness/substrate/index.ts'

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '3' },
    mutations: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    'at-once': { type: 'string', default: String(availableParallelism()) },
  },
})
const only = values.only.split(',').filter((name) => name !== '')
const mutations = (await allMutations()).filter(
  ({ id, afterBoot }) => afterBoot.length > 0 && (only.length === 0 || only.includes(id)),
)
const signal = new AbortController().signal

await using run = await openRun()
const image = await referenceImage(run, (line) => process.stderr.write(`${line}\n`))
const before = await unchanged()

const began = performance.now()
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`

async function unchanged(): Promise<LiveHost> {
  const { after } = await tryMutation(undefined, { image, run, signal })
  if (after === undefined) throw new Error('the reference host does not answer')
  return after
}

async function one(name: string, mutation: Mutation | undefined): Promise<string> {
  const start = performance.now()
  try {
    const tried = await tryMutation(mutation, { image, run, signal, before })
    const cost = `${tried.processorSeconds.toFixed(1)} s of processor`
    return `${verdict(tried, mutation).padEnd(10)} ${name.padEnd(28)} ${seconds(start).padStart(8)}  ${cost}  ${tried.ended.how}`
  } catch (error) {
    return `unsettled  ${name.padEnd(28)} ${seconds(start).padStart(8)}  ${messageOf(error).split('\n')[0]}`
  }
}

function verdict({ found, unsettled }: Tried, mutation: Mutation | undefined): string {
  if (mutation === undefined) return found.length + unsettled.length === 0 ? 'no alarm' : `ALARM ${found.join(' ')}`
  const missed = mutation.afterBoot.filter((rule) => !found.includes(rule))
  return missed.length === 0 ? 'caught' : `MISSED ${missed.join(' ')}`
}

const wanted = [
  ...Array.from({ length: Number(values.times) }, () => ({ name: 'without a change', mutation: undefined })),
  ...(values.mutations ? mutations.map((mutation) => ({ name: mutation.id, mutation })) : []),
]
const loads = wanted.map(({ name, mutation }) => ({ processors: 1, work: () => one(name, mutation) }))
for await (const line of sideBySide(loads, Number(values['at-once']))) process.stdout.write(`${line}\n`)
process.stdout.write(`${wanted.length} boots, ${values['at-once']} at once: ${seconds(began)}\n`)
