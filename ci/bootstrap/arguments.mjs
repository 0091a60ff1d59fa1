import { preparations } from './preparations.mjs'
import { Trouble } from './say.mjs'

/**
 * `--with engine,browser`, first or not at all, is for this step; the rest is for the harness.
 *
 * @param {readonly string[]} args
 * @returns {{ wanted: readonly string[], rest: readonly string[] } | { wrong: Trouble }}
 */
export function parseArguments(args) {
  if (args[0] !== '--with') return { wanted: [], rest: args }
  const wanted = (args[1] ?? '').split(',')
  const unknown = wanted.filter((each) => !preparations.includes(each))
  if (unknown.length === 0) return { wanted, rest: args.slice(2) }
  return {
    wrong: new Trouble(
      `--with: given "${args[1] ?? ''}", wanted ${preparations.join(' or ')}`,
      'seatrial --with engine run',
    ),
  }
}
