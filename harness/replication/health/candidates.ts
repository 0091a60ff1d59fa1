import type { LiveCluster } from './health.ts'
import { mariadbCandidates } from './mariadb/candidates.ts'
import { postgresCandidates } from './postgres/candidates.ts'

/** What a promotion of this replica, now, would find. */
export interface Candidate {
  readonly node: string
  /** Why it must not be promoted; none when it may. */
  readonly obstacles: readonly string[]
  /** What the primary has and it has not fetched: lost when the primary is. Undefined when nobody can tell. */
  readonly unfetched: number | undefined
  /** Fetched and not applied. */
  readonly unapplied: number
  /** What the two are counted in: transactions, or bytes of WAL. */
  readonly unit: 'transactions' | 'bytes'
  readonly lagSeconds: number | null
}

/**
 * The replicas in the order in which they should be considered: those that may be promoted first, and of those the one
 * that has fetched most. Without the primary they are held against the most advanced of them.
 */
export function candidatesOf(cluster: LiveCluster): readonly Candidate[] {
  const candidates = cluster.engine === 'mariadb' ? mariadbCandidates(cluster) : postgresCandidates(cluster)
  const rank = ({ obstacles, unfetched = Number.POSITIVE_INFINITY, unapplied }: Candidate): readonly number[] => [
    obstacles.length,
    unfetched,
    unapplied,
  ]
  return candidates.toSorted((a, b) => {
    const [one, other] = [rank(a), rank(b)]
    const at = one.findIndex((value, index) => value !== other[index])
    return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
  })
}

/** What stands in the way, and what a promotion of it would lose, as the end of a sentence. */
export function lossOf({ unfetched, unapplied, obstacles, unit }: Candidate): string {
  const lost =
    unfetched === undefined
      ? unknown[unit]
      : unfetched === 0
        ? 'it has fetched all that the primary had, and nothing of that would be lost'
        : `it has not fetched ${count(unfetched, unit)}, which would be lost`
  const waiting = unapplied === 0 ? [] : [`${count(unapplied, unit)} must be applied first`]
  return [...obstacles, lost, ...waiting].join(', ')
}

const unknown = {
  transactions: 'it follows by position, and nobody can tell what it has not fetched',
  bytes: 'it is not on the timeline of the primary, and nobody can tell what it has not fetched',
}

function count(number: number, unit: Candidate['unit']): string {
  if (unit === 'bytes') return number === 1 ? '1 byte of WAL' : `${number} bytes of WAL`
  return number === 1 ? '1 transaction' : `${number} transactions`
}
