import { Pool } from 'undici'
import type { Clock } from '../kernel/index.ts'
import { seededRandom, systemClock } from '../kernel/index.ts'
import type { CohortRules } from './cohort/cohort.ts'
import { openCohort } from './cohort/cohort.ts'
import type { CompareRules } from './compare/body-comparer.ts'
import { openComparer } from './compare/compare.ts'
import type { Difference } from './compare/difference.ts'
import type { Copy } from './copies/copy.ts'
import { both } from './copies/copy.ts'
import type { CopyLimits, Ended, Pair } from './copies/open-copies.ts'
import { openCopies } from './copies/open-copies.ts'
import type { Counts, Fate } from './copies/ledger.ts'
import { openLedger } from './copies/ledger.ts'
import { curlLine } from './curl.ts'
import type { Asked } from './exchange.ts'
import { latencyOf } from './noise/latency.ts'
import { openTally } from './noise/tally.ts'
import { weigh } from './noise/weigh.ts'
import type { MirrorSeen, Unanswered } from './seen.ts'
import { openSecondLook } from './second-look.ts'
import { rememberingConnector } from './tee/connector.ts'

export interface CoreOptions {
  readonly candidate: URL
  /** The same version as the primary, once more: what these two differ in is noise. */
  readonly secondary?: URL
  readonly cohort: CohortRules
  readonly compare: CompareRules
  readonly limits: CopyLimits
  /** The chance of a false alarm, over all that is compared. */
  readonly alpha: number
  /** How much slower the candidate may be: a multiple. */
  readonly slowest: number
  /** What is drawn at random is drawn from it. */
  readonly seed: number
  readonly clock?: Clock
  /** The primary, where differences may be asked once more; not together with a second one, which tells more. */
  readonly askAgain?: URL
  /** False where the primary's times are not of now; then nobody is called slow. True unless said. */
  readonly timed?: boolean
}

/** Somebody who looks on while a request is copied. */
export interface Onlooker {
  /** Told what the copy is told. */
  readonly also?: Copy
  /** Told once how it ended. */
  readonly ended: (ended: Ended) => void
}

/** What copies, compares and counts, whoever brings the requests and the primary's answers: users, or a file. */
export interface Core {
  /**
   * What wants to hear of a request, if anything. Its fate is entered.
   *
   * @param onlooker asked for when it is to be copied
   */
  readonly copyOf: (asked: Asked, address: string, onlooker?: () => Onlooker) => Copy | undefined
  /** Enters a request that nobody can copy. */
  readonly leftOut: (fate: Fate) => void
  readonly counts: () => Counts
  /** Lets copies under way end, and says what was seen. */
  readonly close: () => Promise<MirrorSeen>
}

/** The first pairs, whose times say nothing: a server that was just started is slow for a while. */
const coldPairs = 50
/** Pairs whose times are kept; later ones take the place of random earlier ones. */
const timesKept = 20_000
/** Reasons that are told apart. */
const reasonsKept = 20

/** Opens what stands behind the tee, with connections of its own to the candidate and to a second primary. */
export async function openCore(options: CoreOptions): Promise<Core> {
  const { candidate, secondary, askAgain, cohort, limits, alpha, slowest, seed } = options
  const { clock = systemClock, timed = true } = options
  const choose = openCohort(cohort)
  const comparer = await openComparer(options.compare)
  const [ledger, tally, random] = [openLedger(), openTally(), seededRandom(seed, 'mirror')]
  const reasons = new Map<string, Unanswered & { count: number }>()
  const ratios: number[] = []
  let pairs = 0

  const compare = ({ asked, body, ...answers }: Pair): readonly Difference[] => {
    const found = comparer(answers.primary, answers.candidate)
    const noise = answers.secondary === undefined ? undefined : comparer(answers.primary, answers.secondary)
    pairs++
    const request = { ...asked, bytes: body?.length ?? 0 }
    if (again !== undefined && found.length > 0) again.differs(request, found, answers.primary)
    else if (found.length > 0 || (noise !== undefined && noise.length > 0)) tally.add(request, found, noise)
    if (!timed || pairs <= coldPairs) return found
    const ratio = answers.candidate.ms / Math.max(0.01, (answers.secondary ?? answers.primary).ms)
    const place = ratios.length < timesKept ? ratios.length : Math.floor(random() * (pairs - coldPairs))
    if (place < timesKept) ratios[place] = ratio
    return found
  }
  const unanswered = (asked: Asked, reason: string): void => {
    const why = reasons.has(reason) || reasons.size < reasonsKept ? reason : 'for other reasons'
    const known = reasons.get(why)
    if (known !== undefined) known.count++
    else reasons.set(why, { why, count: 1, curl: curlLine(candidate.origin, { ...asked, bytes: 0 }) })
  }

  const pools = { candidate: poolOf(candidate, limits), secondary: secondary && poolOf(secondary, limits) }
  const asking = { candidate: pools.candidate, comparer, limits, clock, random }
  const again =
    askAgain === undefined || secondary !== undefined
      ? undefined
      : openSecondLook({ ...asking, primary: poolOf(askAgain, limits) })
  const copies = openCopies({
    candidate: pools.candidate,
    ...(pools.secondary !== undefined && { secondary: pools.secondary }),
    limits,
    ledger,
    clock,
    random,
    compare,
    unanswered,
  })
  return {
    copyOf(asked, address, onlooker) {
      ledger.came()
      const choice = choose(asked, address)
      if (choice === 'copied') {
        const { also, ended } = onlooker?.() ?? {}
        const copy = copies.begin(asked, ended)
        return copy === undefined || also === undefined ? (copy ?? also) : both(copy, also)
      }
      ledger.ended(choice)
      return undefined
    },
    leftOut(fate) {
      ledger.came()
      ledger.ended(fate)
    },
    counts: ledger.counts,
    async close() {
      // Their own deadline ends them; what is open after it is nobody's.
      await copies.close(limits.deadlineMs + 1_000)
      await again?.close()
      await Promise.all([pools.candidate.destroy(), pools.secondary?.destroy()])
      return {
        candidate: candidate.origin,
        counts: ledger.counts(),
        pairs,
        weighed: again?.weigh(pairs, alpha) ?? weigh(tally, { pairs, noiseKnown: secondary !== undefined, alpha }),
        askedAgain: again?.count() ?? 0,
        unanswered: [...reasons.values()].toSorted((a, b) => b.count - a.count),
        latency: latencyOf(ratios),
        slowest,
      }
    },
  }
}

/** Connections to one server, a request at a time on each. */
export function poolOf(url: URL, { deadlineMs }: CopyLimits): Pool {
  return new Pool(url.origin, { connect: rememberingConnector(deadlineMs), pipelining: 1 })
}
