import type { Unsettled } from '../../kernel/index.ts'
import type { Clocked, DatedResult, UnderDate } from './clocked.ts'
import { offsetAt, shown } from './zone.ts'

/** Why a run under a date proves nothing, because the date was not there; undefined when it was. */
export function whyNotHeld(
  { lane, slackSeconds }: Pick<Clocked, 'lane' | 'slackSeconds'>,
  { evidence: { began, ended, offset } }: Pick<DatedResult, 'evidence'>,
  { at, zone }: Pick<UnderDate, 'at' | 'zone'>,
): Unsettled | undefined {
  const asked = shown(zone, at)
  if (!(Math.abs(began - at) <= slackSeconds && ended >= began)) {
    const seen = Number.isFinite(began) ? shown(zone, began) : 'no date at all'
    return {
      because: 'unsupported',
      why: `the date did not take hold: asked for ${asked}, a program beside the command read ${seen}`,
      mend: lane === 'container' ? elsewhere : 'Look whether the machine sets its clock from elsewhere.',
    }
  }
  if (offset !== offsetAt(zone, at)) {
    return {
      because: 'unsupported',
      why: `the zone did not take hold: at ${asked} a program beside the command read an offset of ${offset} s`,
      mend: `Install tzdata, or whatever gives the host ${zone}.`,
    }
  }
  return undefined
}

/** Why a green sweep proves nothing: programs of the command read the real date. */
export function whyUntouched({ lane }: Pick<Clocked, 'lane'>, untouched: readonly string[]): Unsettled | undefined {
  if (untouched.length === 0) return undefined
  return {
    because: 'unsupported',
    why: `${untouched.join(', ')} took no date: a static program, or one without its environment, reads the real one`,
    mend: lane === 'container' ? elsewhere : 'Look whether the machine sets its clock from elsewhere.',
  }
}

const elsewhere =
  'A preloaded library reaches dynamic programs of glibc. For others use the machine lane, where the whole machine has the date.'
