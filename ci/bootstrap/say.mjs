import process from 'node:process'

/** One line for the reader of the terminal. Standard output belongs to results. @param {string} line */
export function say(line) {
  process.stderr.write(`seatrial: ${line}\n`)
}

/** A duration in seconds, for people. @param {number} since of `performance.now()` */
export function took(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}

/**
 * Something could not be prepared: what, why, and the one thing to do about it.
 */
export class Trouble extends Error {
  /** @param {string} what @param {string} mend */
  constructor(what, mend) {
    super(what)
    this.mend = mend
  }
}

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error)
}

/** @param {unknown} error */
export function sayTrouble(error) {
  say(messageOf(error))
  if (error instanceof Trouble) say(`to mend it: ${error.mend}`)
}
