/** Draws numbers from 0 up to 1. */
export type Random = () => number

/**
 * A small seeded generator (mulberry32). The same seed and name give the same numbers at every
 * run, and another name gives others, so that things which run side by side do not share a stream.
 */
export function seededRandom(seed: number, name = ''): Random {
  let state = (seed ^ hash(name)) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

// FNV-1a, 32 bits: spreads names that differ in one letter.
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}
