import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { StepReport } from '../../harness/kernel/index.ts'
import { seededRandom, systemClock } from '../../harness/kernel/index.ts'
import { slices } from '../../harness/registry.ts'
import type { TrialContext } from '../../harness/slice.ts'
import { faults } from '../../fixtures/dark-launch/faults.ts'
import { shelves, shop } from '../../fixtures/dark-launch/shop.ts'
import { listening } from '../../fixtures/servers/listening.ts'

const program = fileURLToPath(new URL('../../fixtures/dark-launch/serve-shop.ts', import.meta.url))

export interface RunningShop extends AsyncDisposable {
  readonly url: string
}

/** A shop in a process of its own; with a fault, something is wrong with it. */
export async function startShop(seed: number, fault?: string): Promise<RunningShop> {
  const args = [program, String(seed), ...(fault === undefined ? [] : [fault])]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [port] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => Promise.reject(new Error(`the shop with ${fault ?? 'no fault'} ended before it listened`))),
  ])
  return {
    url: `http://127.0.0.1:${String(port)}`,
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      await ended
    },
  }
}

/** A shop in this process, which answers at once. */
export async function openShop(seed: number, fault?: string): Promise<RunningShop> {
  const change = fault === undefined ? undefined : faults[fault]?.change
  const server = await listening(shop(change ?? ((answer) => answer), seededRandom(seed, 'shop'), 0))
  return { url: `http://127.0.0.1:${server.port}`, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

export interface Servers {
  readonly primary: string
  readonly secondary?: string
  readonly candidate: string
}

/** What a configuration says of a dark launch, tried: one step, as a run would write it. */
export async function launch(servers: Servers, more: object, seed = 1): Promise<StepReport> {
  const practice = slices.find(({ id }) => id === 'mirror')
  if (practice === undefined) throw new Error('there is no such practice')
  const urls = Object.fromEntries(Object.entries(servers).map(([name, url]) => [name, { url }]))
  const context = {
    section: { ...urls, traffic: customers, ...more },
    baseFolder: '.',
    clock: systemClock,
    seed,
    signal: new AbortController().signal,
    allow: () => {},
    only: [],
    progress: () => {},
  }
  // The servers run already, so that there is no deployment in the context.
  const [step, ...others] = await Array.fromAsync(practice.trial(context as unknown as TrialContext<unknown>))
  if (step === undefined || others.length > 0) throw new Error('a dark launch is one step')
  return step
}

/** Every shelf as often as any other, and things on it that are drawn. */
const customers = (random: () => number, at: number): object => ({
  path: `${shelves[at % shelves.length]}/${Math.floor(random() * 50)}`,
  fields: { 'User-Agent': 'customer' },
})

/** What was found, as rule and place. */
export function found({ findings }: StepReport): readonly string[] {
  return findings.map(({ rule, place }) => `${rule} ${place}`)
}

/** How many launches of identical shops ended in which way. */
export async function launchAlike(times: number, settings: object): Promise<Readonly<Record<string, number>>> {
  const ends: Record<string, number> = {}
  for (let time = 1; time <= times; time++) {
    await using primary = await openShop(3 * time)
    await using secondary = await openShop(3 * time + 1)
    await using candidate = await openShop(3 * time + 2)
    const servers = { primary: primary.url, secondary: secondary.url, candidate: candidate.url }
    // Times are those of one process with four servers in it, and of its neighbours.
    const step = await launch(servers, { slowest: 100, ...settings }, time)
    const told = found(step)
    const end = told.length > 0 ? `failed: ${told.join(', ')}` : step.unsettled === undefined ? 'passed' : 'unsettled'
    ends[end] = (ends[end] ?? 0) + 1
  }
  return ends
}
