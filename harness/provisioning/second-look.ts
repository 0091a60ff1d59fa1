import { systemClock } from '../kernel/index.ts'
import type { Inventory } from './kinds/index.ts'
import type { Job, JobPromise } from './section.ts'
import type { Variables } from './variables.ts'
import { filledAsk, filledPattern } from './variables.ts'
import type { Workshop } from './workshop.ts'

/** Things of a kind by their ids, and where they are. */
export interface Things {
  readonly what: string
  readonly ids: readonly string[]
}

/** A promise that does not hold. */
export interface Broken {
  readonly says: string
  readonly wanted: string
  readonly saw: string
}

/**
 * Looks that things under way are given: a promise is about what is so in the end. With a clock of polls each look is
 * one; in real time there is a pause between two.
 */
const looks = 20
const pauseMs = 100

/**
 * The promises that do not hold once everything has settled.
 *
 * @param printed what the job wrote to standard output: the answer where nobody is asked
 */
export async function brokenPromises(
  { promises }: Job,
  workshop: Workshop,
  variables: Variables,
  printed: string,
): Promise<Broken[]> {
  const broken: Broken[] = []
  for (const promise of promises) {
    const found = await lookFor(promise, workshop, variables, printed)
    if (found !== undefined) broken.push(found)
  }
  return broken
}

async function lookFor(
  promise: JobPromise,
  workshop: Workshop,
  variables: Variables,
  printed: string,
): Promise<Broken | undefined> {
  const pattern = filledPattern(promise, variables)
  const ask = promise.ask === undefined ? undefined : filledAsk(promise.ask, variables)
  let answer = printed
  let number = 0
  for (let look = 0; look < (ask === undefined ? 1 : looks); look++) {
    if (look > 0 && workshop.endpoint.clock.mode.kind === 'real') await systemClock.pause(pauseMs)
    if (ask !== undefined) answer = (await workshop.ask(ask)).text
    number = [...answer.matchAll(pattern)].length
    if (promise.count === undefined ? number > 0 : number === promise.count) return undefined
  }
  const times = promise.count === undefined ? 'at least one match' : matches(promise.count)
  return {
    says: promise.says,
    wanted: `${times} of /${pattern.source}/`,
    saw: number > 0 ? matches(number) : `no match in: ${excerpt(answer)}`,
  }
}

function matches(number: number): string {
  return number === 1 ? '1 match' : `${number} matches`
}

function excerpt(answer: string): string {
  const text = answer
    .replace(/^<\?xml.*?\?>/, '')
    .replaceAll(/ xmlns="[^"]*"/g, '')
    .replaceAll(/<requestId>.*?<\/requestId>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return text === '' ? '(nothing)' : text.length > 160 ? `${text.slice(0, 160)}...` : text
}

/** Everything that is there, region by region. What was made a moment ago shows up within a few looks. */
export async function inventory(job: Job, workshop: Workshop): Promise<Things[]> {
  const regions = [job.region, ...job.alsoRegions]
  let found: Things[] = []
  for (let look = 0; look < settlingLooks; look++) {
    found = []
    for (const region of regions) {
      for (const list of workshop.kind.inventory) found.push(await listed(list, region, workshop))
    }
  }
  return found
}

const settlingLooks = 4

async function listed({ what, body, id }: Inventory, region: string, workshop: Workshop): Promise<Things> {
  const { text } = await workshop.ask({ target: '/', body: { ...body }, region })
  const ids = new Set([...text.matchAll(id)].map((match) => match[1] ?? ''))
  return { what, ids: [...ids].map((each) => `${each} in ${region}`) }
}

/** What is in `now` and was not in `before`. */
export function beyond(now: readonly Things[], before: readonly Things[]): Things[] {
  return perKind(now).flatMap(({ what, ids }) => {
    const earlier = perKind(before).find((things) => things.what === what)?.ids ?? []
    const fresh = ids.filter((id) => !earlier.includes(id))
    return fresh.length === 0 ? [] : [{ what, ids: fresh }]
  })
}

/** Where there are more of a kind than in `calm`: the kind, and by how many. Ids differ from run to run. */
export function surplus(left: readonly Things[], calm: readonly Things[]): { what: string; number: number }[] {
  return perKind(left).flatMap(({ what, ids }) => {
    const enough = perKind(calm).find((things) => things.what === what)?.ids.length ?? 0
    return ids.length > enough ? [{ what, number: ids.length - enough }] : []
  })
}

function perKind(things: readonly Things[]): Things[] {
  return [...Map.groupBy(things, ({ what }) => what)].map(([what, lists]) => ({
    what,
    ids: lists.flatMap(({ ids }) => ids),
  }))
}
