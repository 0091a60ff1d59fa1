import type { Difference } from '../compare/difference.ts'
import { signTest } from './sign-test.ts'
import type { PlaceCount, RequestLine } from './tally.ts'
import { openTally } from './tally.ts'
import type { Suspect, Weighed } from './weigh.ts'
import { weigh } from './weigh.ts'

/** What asking once more showed of one request, as differences by place. */
export interface AskedAgain {
  /** The later answers of both. */
  readonly later: readonly Difference[]
  /** Two later answers of the primary. */
  readonly twice: readonly Difference[]
  /** The primary's first answer against its later one. */
  readonly own: readonly Difference[]
}

/** Differences of a mirror without a second primary, some of which were asked again. */
export interface AgainTally {
  /** Whether one of these places has not been asked again often enough to be known. */
  readonly isWorthAsking: (found: readonly Difference[]) => boolean
  /**
   * @param isAskable false for a request that must not be sent again: its differences count as they are
   */
  readonly differs: (request: RequestLine, found: readonly Difference[], isAskable: boolean) => void
  readonly asked: (request: RequestLine, found: readonly Difference[], again: AskedAgain) => void
  readonly weigh: (pairs: number, alpha: number) => Weighed
}

/** Times that a place is asked again; more tell nothing new. */
const enough = 200

interface Known {
  asked: number
  /** Times that the later answers differed too. */
  repeated: number
  /** Times that two later answers of the primary differed. */
  wavering: number
  /** Times that the candidate's first answer was the odd one: the primary's first and later ones agree. */
  candidateOdd: number
  /** Times that the primary's first answer was. */
  primaryOdd: number
  /** Times that it was different in a request that cannot be asked again. */
  final: number
}

const unknown: Readonly<Known> = { asked: 0, repeated: 0, wavering: 0, candidateOdd: 0, primaryOdd: 0, final: 0 }

/**
 * Tells noise from change without a second primary: what was answered differently is asked again at the primary, and after its
 * answer at the primary and the candidate at the same moment, in a drawn order.
 *
 * Why the rate of false alarms stays what is stated: the second of the primary's later answers is what a second primary would
 * have given, as far as one server that is asked twice is like two, so the sign test is the same one, over later answers alone.
 * The first answers only chose the request; whichever of them was odd, the later three are drawn anew, and if the candidate is like
 * the primary, it is as likely to be the odd one as the primary's second. How often a place is asked again hangs on how often it
 * differed, never on who was odd.
 *
 * A place where the difference comes again and where the primary never contradicted itself counts each time, as every difference
 * did before: of those, asking again only takes alarms away. A difference that does not come again is never a finding. It is
 * noise when the primary was seen to do the same by itself about as often, else undecided: first answers are not given at the
 * same moment, so they may clear a place and not condemn it.
 */
export function openAgainTally(): AgainTally {
  const [all, fair] = [openTally(), openTally()]
  const places = new Map<string, Known>()
  const knownOf = (place: string): Known => {
    const known = places.get(place) ?? { ...unknown }
    places.set(place, known)
    return known
  }
  return {
    isWorthAsking: (found) => found.some(({ place }) => (places.get(place)?.asked ?? 0) < enough),
    differs(request, found, isAskable) {
      all.add(request, found, undefined)
      if (!isAskable) for (const place of namesOf(found)) knownOf(place).final++
    },
    asked(request, found, { later, twice, own }) {
      fair.add(request, later, twice)
      const [repeated, wavering, primaryOdd] = [namesOf(later), namesOf(twice), namesOf(own)]
      for (const place of namesOf(found)) {
        const known = knownOf(place)
        known.asked++
        if (repeated.has(place)) known.repeated++
        else if (!primaryOdd.has(place)) known.candidateOdd++
      }
      for (const place of wavering) knownOf(place).wavering++
      for (const place of primaryOdd) knownOf(place).primaryOdd++
    },
    weigh(pairs, alpha) {
      const plain = weigh(all, { pairs, noiseKnown: false, alpha })
      const counts = fair.places()
      const beyond = weigh({ places: () => counts }, { pairs: askedOf(counts), noiseKnown: true, alpha })
      const stateOf = (place: string): 'changed' | 'noise' | 'undecided' => {
        const { repeated, wavering, candidateOdd, primaryOdd, final } = places.get(place) ?? unknown
        const own = wavering + primaryOdd
        if (final > 0 || (repeated > 0 && own === 0)) return 'changed'
        return own > 0 && signTest(candidateOdd, own) > alpha ? 'noise' : 'undecided'
      }
      const changed = plain.suspects.filter(({ place }) => stateOf(place) === 'changed')
      const named = namesOf(changed)
      const others = beyond.suspects
        .filter(({ place }) => !named.has(place))
        .map((each): Suspect => ({ ...each, against: 'the primary itself' }))
      const told = new Set([...named, ...namesOf(others)])
      const rest = plain.suspects.map(({ place }) => place).filter((place) => !told.has(place))
      return {
        suspects: [...changed, ...others],
        noise: rest.filter((place) => stateOf(place) === 'noise').length,
        // Of what comes again. What does not is undecided until the primary did the same.
        sees: plain.sees,
        undecided: rest.filter((place) => stateOf(place) === 'undecided'),
      }
    },
  }
}

function namesOf(differences: readonly { readonly place: string }[]): ReadonlySet<string> {
  return new Set(differences.map(({ place }) => place))
}

/** Requests that were weighed: at least as many as any place was seen in. */
function askedOf(counts: readonly PlaceCount[]): number {
  return Math.max(0, ...counts.map(({ candidateOnly, secondaryOnly, both }) => candidateOnly + secondaryOnly + both))
}
