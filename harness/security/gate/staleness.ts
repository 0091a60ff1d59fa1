import type { Clock } from '../../kernel/index.ts'
import type { ReportHead, Trouble } from '../report/told.ts'

const dayMs = 86_400_000

/** Troubles of a report that is older than it may be, of one whose scanner knew only old things, and of one that tells no time. */
export function staleness(
  head: ReportHead | undefined,
  { maxAgeDays, clock }: { readonly maxAgeDays?: number; readonly clock: Pick<Clock, 'now'> },
): Trouble[] {
  if (maxAgeDays === undefined || head === undefined) return []
  const stale = (why: string): Trouble => ({ is: 'trouble', kind: 'stale', why })
  const old = (time: number, what: string): Trouble[] => {
    const days = (clock.now() - time) / dayMs
    return days > maxAgeDays ? [stale(`${what} ${Math.floor(days)} days old, and ${maxAgeDays} are allowed`)] : []
  }
  if (head.lookedAt === undefined) return [stale('it does not say when it was made, so nobody knows how old it is')]
  return [
    ...old(head.lookedAt, 'it is'),
    ...(head.feedAt === undefined ? [] : old(head.feedAt, 'what its scanner knows is')),
  ]
}
