import { seededRandom } from '../kernel/index.ts'

/** One choice of a drill, for its record. */
export interface Drawn {
  readonly what: string
  readonly value: string | number
}

/** What a drill chooses, drawn from the seed of the run: the same seed gives the same choices in the same drill. */
export interface Draw {
  /** A number of writes near the one that a drill names: from half of it to half as many more. */
  readonly writes: (about: number) => number
  /** Things that belong to one step, in the order in which it takes them. */
  readonly order: <T>(what: string, things: readonly T[], nameOf: (thing: T) => string) => readonly T[]
  /** One of several that are alike. */
  readonly oneOf: <T>(what: string, things: readonly [T, ...T[]], nameOf: (thing: T) => string) => T
  /** All that was chosen so far, in order. */
  readonly drawn: readonly Drawn[]
}

/**
 * Each kind of choice has a stream of its own, so that one choice more of one kind, which may depend on time, leaves the
 * others as they were. A procedure is no part of it: all of them meet the same drill.
 */
export function drawFrom(seed: number, drill: string): Draw {
  const [writes, order, chosen] = ['writes', 'order', 'chosen'].map((kind) => seededRandom(seed, `${drill} ${kind}`))
  if (writes === undefined || order === undefined || chosen === undefined) throw new Error('a stream is missing')
  const drawn: Drawn[] = []
  const keep = <T>(what: string, value: string | number, thing: T): T => {
    drawn.push({ what, value })
    return thing
  }
  return {
    drawn,
    writes(about) {
      const value = Math.round(about * (0.5 + writes()))
      return keep(`writes, about ${about}`, value, value)
    },
    order(what, things, nameOf) {
      // One thing has one order, which is no choice.
      if (things.length < 2) return things
      const rest = [...things]
      const ordered = things.flatMap(() => rest.splice(Math.floor(order() * rest.length), 1))
      return keep(what, ordered.map(nameOf).join(', '), ordered)
    },
    oneOf(what, things, nameOf) {
      const [first] = things
      if (things.length < 2) return first
      const one = things[Math.floor(chosen() * things.length)] ?? first
      return keep(what, nameOf(one), one)
    },
  }
}
