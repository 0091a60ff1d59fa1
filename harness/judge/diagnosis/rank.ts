import type { LikelyCause } from '../../record/index.ts'
import type { Needs } from './needs.ts'
import { neededBy } from './needs.ts'
import type { ThingState } from './seen.ts'

/** A cause before anybody has looked for its evidence. */
export type RankedCause = Omit<LikelyCause, 'evidence'>

/** What nobody looked at is suspected, and less than what was seen down. */
const unseen = 0.6

/**
 * Ranks what may stand behind the things that are down.
 *
 * A thing explains what needs it, directly or through others, as long as none of those between is up. It is believed when
 * it explains more (itself among them, if it is down) than speaks against it: things right behind it that are up. What is
 * down and explained by another believed thing that is down is a consequence; what is down and not explained is a cause. A
 * thing that is wrong by itself (`faulty`) is always a cause, and nothing explains it. One that was seen neither down nor up
 * is a suspect when it would explain one of the causes, and explains nothing away.
 *
 * Score: of what it touches the share that is down, times the share of everything that is down which it explains, times
 * 0.6 when nobody saw it down. The same for any order of the input.
 */
export function rankCauses(
  needs: Needs,
  states: ReadonlyMap<string, ThingState>,
  faulty: ReadonlySet<string> = new Set(),
): RankedCause[] {
  const dependents = neededBy(needs)
  const reachFrom = (thing: string): Reach => reachOf(thing, { dependents, states, faulty })
  const down = [...states].flatMap(([thing, state]) => (state === 'down' ? [thing] : [])).toSorted()
  const seen = new Map(down.map((thing) => [thing, reachFrom(thing)]))
  const accounts = (cause: string, thing: string): boolean => {
    const reach = seen.get(cause)
    return reach !== undefined && isBelieved(reach) && reach.explains.has(thing)
  }
  // Of things that account for each other, as in a circle, none is a consequence of the other.
  const roots = down.filter((thing) => !down.some((other) => accounts(other, thing) && !accounts(thing, other)))
  const suspects = [...providersOf(roots, needs)]
    .filter((thing) => states.get(thing) !== 'up' && states.get(thing) !== 'down')
    .map(reachFrom)
    .filter((reach) => isBelieved(reach) && roots.some((root) => reach.explains.has(root)))
  return [...roots.flatMap((root) => seen.get(root) ?? []), ...suspects]
    .map((reach) => causeOf(reach, states, down.length))
    .toSorted(byScore)
}

/** What one thing explains, and what speaks against it. */
interface Reach {
  readonly thing: string
  /** It is down itself: it explains one more. */
  readonly own: 0 | 1
  /** Things that are down or could not be looked at, the nearest first. */
  readonly explains: ReadonlySet<string>
  /** From whom each thing was reached: only paths that somebody will read are written out. */
  readonly from: ReadonlyMap<string, string>
  readonly hit: number
  readonly against: readonly string[]
}

interface Seen {
  readonly dependents: Needs
  readonly states: ReadonlyMap<string, ThingState>
  readonly faulty: ReadonlySet<string>
}

/** Goes from a thing to all that need it, the nearest first, and ends where something is up. */
function reachOf(start: string, { dependents, states, faulty }: Seen): Reach {
  const explains = new Set<string>()
  const against: string[] = []
  const from = new Map<string, string>()
  const row = [start]
  // What is put in behind while the row is walked is walked too.
  for (const thing of row) {
    for (const other of dependents.get(thing) ?? []) {
      if (other === start || from.has(other)) continue
      from.set(other, thing)
      const state = states.get(other)
      if (state === 'up') {
        against.push(other)
        continue
      }
      if (state !== undefined && !faulty.has(other)) explains.add(other)
      row.push(other)
    }
  }
  const hit = [...explains].filter((thing) => states.get(thing) === 'down').length
  return { thing: start, own: states.get(start) === 'down' ? 1 : 0, explains, from, hit, against: against.toSorted() }
}

function isBelieved({ own, hit, against }: Reach): boolean {
  return own + hit > against.length
}

/** All that these need, however far behind. */
function providersOf(things: readonly string[], needs: Needs): ReadonlySet<string> {
  const found = new Set<string>()
  const left = [...things]
  for (let thing = left.pop(); thing !== undefined; thing = left.pop()) {
    for (const one of needs.get(thing) ?? []) {
      if (found.has(one)) continue
      found.add(one)
      left.push(one)
    }
  }
  return found
}

function causeOf(
  { thing, own, explains, from, hit, against }: Reach,
  states: ReadonlyMap<string, ThingState>,
  all: number,
) {
  const count = own + hit
  const score = (count / (count + against.length)) * (count / all) * (own === 1 ? 1 : unseen)
  // What is not believed explains nothing away: what needs it stands for itself.
  const told = own + hit > against.length ? [...explains] : []
  return {
    thing,
    state: own === 1 ? 'down' : states.get(thing) === 'could-not-look' ? 'could-not-look' : 'not-looked-at',
    score: Math.round(score * 1000) / 1000,
    explains: told.map((one) => ({
      thing: one,
      state: states.get(one) === 'down' ? ('down' as const) : ('could-not-look' as const),
      via: between(one, from),
    })),
    against: [...against],
  } satisfies RankedCause
}

/** What lies between a thing and its cause, the nearest to the cause first. */
function between(thing: string, from: ReadonlyMap<string, string>): string[] {
  const via: string[] = []
  for (let one = from.get(thing); one !== undefined && from.has(one); one = from.get(one)) via.unshift(one)
  return via
}

/** The most likely first; then what was seen down, then what stands nearest to what it explains, then by name. */
function byScore(a: RankedCause, b: RankedCause): number {
  const seen = ({ state }: RankedCause): number => (state === 'down' ? 0 : 1)
  const far = ({ explains }: RankedCause): number => explains.reduce((sum, { via }) => sum + via.length, 0)
  return b.score - a.score || seen(a) - seen(b) || far(a) - far(b) || (a.thing < b.thing ? -1 : 1)
}
