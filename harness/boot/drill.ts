import { discover } from '../discover.ts'
import type { Clock, RuleId, Timeline } from '../kernel/index.ts'
import type { RunScope } from '../substrate/index.ts'
import type { LiveObservation } from './live-check.ts'

/** How something is done to a host, and what is known of that way. */
export interface BootProcedure {
  readonly id: string
  readonly title: string
  /** File below `fixtures/boot/procedures/`: a script that is run in the host, as root. */
  readonly script: string
  /** Rules that must all be found afterwards, because this way is wrong; left out of a way that is right. */
  readonly finds?: readonly [RuleId, ...RuleId[]]
}

export interface BootDrillContext {
  readonly procedure: BootProcedure
  /** Text of the script that is tried: the procedure's, or one of the user's own. */
  readonly script: string
  readonly run: RunScope
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Everything random is drawn from it. */
  readonly seed: number
  readonly progress: (line: string) => void
}

/** What a drill saw: a boot, and what happened when. */
export interface DrillSeen {
  readonly seen: LiveObservation
  readonly timeline?: Timeline
}

/** A procedure of the documents, tried on a host that is booted again. One file in `drills/`. */
export interface BootDrill {
  readonly id: string
  readonly title: string
  /** `container`, `machine`, or `disk` for a machine that boots from its own loader and initrd, which takes minutes. */
  readonly on: 'container' | 'machine' | 'disk'
  readonly procedures: readonly [BootProcedure, ...BootProcedure[]]
  /** @throws SeatrialError when the circumstance could not be made: unsettled, whatever the procedure would have done */
  readonly attempt: (context: BootDrillContext) => Promise<DrillSeen>
}

/** Declares a drill; `drills/var-moved.ts` is the model file. */
export function bootDrill(definition: BootDrill): BootDrill {
  return definition
}

function isDrill(value: unknown): value is BootDrill {
  return typeof value === 'object' && value !== null && 'attempt' in value && 'procedures' in value
}

/** All of them, by file name. */
export async function allBootDrills(): Promise<BootDrill[]> {
  return (await discover(new URL('./drills/', import.meta.url), isDrill)).map(({ thing }) => thing)
}
