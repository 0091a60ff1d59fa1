import type { BuildingReport } from './building.ts'
import type { Drawn } from './draw.ts'
import type { Witnessed } from './drill.ts'
import type { LedgerReport } from './ledger/compare.ts'
import type { FrontKind } from './front.ts'
import type { NodeStatus } from './observe.ts'
import type { ReadReport } from './readers.ts'
import type { Told } from './story.ts'

/** What was seen in a drill, as plain data: the checks judge it. */
export interface DrillObservation extends Told {
  readonly drill: string
  readonly procedure: string
  /** What the drill's choices were drawn from, and what they were. */
  readonly seed: number
  readonly drawn: readonly Drawn[]
  /** How the replicas were built from the running primary; left out when they began with its data folder. */
  readonly building?: BuildingReport
  readonly ledger: LedgerReport
  /** What every other node said of itself when the rows were read. */
  readonly statuses: readonly NodeStatus[]
  readonly primary: string
  /** Of PostgreSQL: the timeline that it writes. */
  readonly primaryTimeline?: number
  /** Milliseconds from the fault to the first write that the new primary acknowledged; undefined when none was. */
  readonly rtoMs: number | undefined
  /** What stood between clients and nodes. */
  readonly front?: FrontKind
  /** What clients that read during the whole of it were told. */
  readonly reads?: ReadReport
  /** Why the ledger says nothing. */
  readonly unsettled: string | undefined
  /** What the drill saw that rows do not tell. */
  readonly witnessed: readonly Witnessed[]
  /** How the last run of the procedure failed; undefined when it came to its end. */
  readonly failed: string | undefined
  /** The old primary was to hand over in order. */
  readonly planned: boolean
  /** Writes that were refused, by the server's number of the error. */
  readonly refusals: Readonly<Record<number, number>>
}
