import { Pool } from 'undici'
import type { Clock } from '../kernel/index.ts'
import { seededRandom, systemClock } from '../kernel/index.ts'
import type { CohortRules } from './cohort/cohort.ts'
import { openCohort } from './cohort/cohort.ts'
import type { CompareRules } from './compare/body-comparer.ts'
import { openComparer } from './compare/compare.ts'
import type { CopyLimits, Pair } from './copies/open-copies.ts'
import { openCopies } from './copies/open-copies.ts'
import type { Counts } from './copies/ledger.ts'
import { openLedger } from './copies/ledger.ts'
import { curlLine } from './curl.ts'
import type { Asked } from './exchange.ts'
import { latencyOf } from './noise/latency.ts'
import { openTally } from './noise/tally.ts'
import { weigh } from './noise/weigh.ts'
import type { MirrorSeen, Unanswered } from './seen.ts'
import { rememberingConnector } from './tee/connector.ts'
import { openTee } from './tee/open-tee.ts'

export interface MirrorOptions {
  readonly listen: { readonly host: string; readonly port: number }
  readonly primary: URL
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
  /** Milliseconds that requests and WebSockets under way have when it ends; 10 000 unless said. */
  readonly graceMs?: number
}

export interface Mirror {
  /** Where clients go now. */
  readonly url: URL
  readonly counts: () => Counts
  /** Ends it: no new connection, what is under way to its end, and what was seen. */
  readonly close: () => Promise<MirrorSeen>
}

/** Pairs whose times are kept; later ones take the place of random earlier ones. */
const timesKept = 20_000
/** Reasons that are told apart. */
const reasonsKept = 20

/**
 * Opens a reverse proxy before a primary that copies requests to a candidate and compares.
 *
 * @throws UsageError when nobody can listen there
 */
export async function openMirror(options: MirrorOptions): Promise<Mirror> {
  const { listen, primary, candidate, secondary, cohort, limits, alpha, slowest, seed } = options
  const { clock = systemClock, graceMs = 10_000 } = options
  const choose = openCohort(cohort)
  const comparer = await openComparer(options.compare)
  const [ledger, tally, random] = [openLedger(), openTally(), seededRandom(seed, 'mirror')]
  const reasons = new Map<string, Unanswered & { count: number }>()
  const ratios: number[] = []
  let pairs = 0

  const compare = ({ asked, body, ...answers }: Pair): boolean => {
    const found = comparer(answers.primary, answers.candidate)
    const noise = answers.secondary === undefined ? undefined : comparer(answers.primary, answers.secondary)
    pairs++
    if (found.length > 0 || (noise !== undefined && noise.length > 0)) {
      tally.add({ ...asked, bytes: body?.length ?? 0 }, found, noise)
    }
    const ratio = answers.candidate.ms / Math.max(0.01, (answers.secondary ?? answers.primary).ms)
    const place = pairs <= timesKept ? ratios.length : Math.floor(random() * pairs)
    if (place < timesKept) ratios[place] = ratio
    return found.length === 0
  }
  const unanswered = (asked: Asked, reason: string): void => {
    const why = reasons.has(reason) || reasons.size < reasonsKept ? reason : 'for other reasons'
    const known = reasons.get(why)
    if (known !== undefined) known.count++
    else reasons.set(why, { why, count: 1, curl: curlLine(candidate.origin, { ...asked, bytes: 0 }) })
  }

  const pool = (url: URL): Pool =>
    new Pool(url.origin, { connect: rememberingConnector(limits.deadlineMs), pipelining: 1 })
  const pools = { primary: pool(primary), candidate: pool(candidate), secondary: secondary && pool(secondary) }
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
  const tee = await openTee({
    listen,
    primary: { url: primary, pool: pools.primary },
    copyOf(asked, { address }) {
      ledger.came()
      const choice = choose(asked, address)
      if (choice === 'copied') return copies.begin(asked)
      ledger.ended(choice)
      return undefined
    },
    tunnelled() {
      ledger.came()
      ledger.ended('not allowed')
    },
  })
  return {
    url: tee.url,
    counts: ledger.counts,
    async close() {
      await tee.close(graceMs)
      // Their own deadline ends them; what is open after it is nobody's.
      await copies.close(limits.deadlineMs + 1_000)
      await Promise.all([pools.primary.destroy(), pools.candidate.destroy(), pools.secondary?.destroy()])
      return {
        candidate: candidate.origin,
        counts: ledger.counts(),
        pairs,
        weighed: weigh(tally, { pairs, noiseKnown: secondary !== undefined, alpha }),
        noiseKnown: secondary !== undefined,
        unanswered: [...reasons.values()].toSorted((a, b) => b.count - a.count),
        latency: latencyOf(ratios),
        slowest,
      }
    },
  }
}
