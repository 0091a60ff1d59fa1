import type { RunScope } from '../substrate/index.ts'
import type { Kind, Procedure } from './procedure.ts'
import type { Seen } from './seen.ts'

export interface DrillContext {
  readonly procedure: Procedure
  /** Text of the script that is tried. */
  readonly script: string
  readonly run: RunScope
  readonly signal: AbortSignal
  /** Everything random is drawn from it. */
  readonly seed: number
  readonly progress: (line: string) => void
}

/** What happens around a procedure. One file in `drills/`. */
export interface RecoveryDrill {
  readonly id: string
  readonly title: string
  readonly kinds: readonly Kind[]
  /** @throws SeatrialError when the circumstance could not be made: unsettled, whatever the procedure would have done */
  readonly attempt: (context: DrillContext) => Promise<Omit<Seen, 'drill' | 'procedure'>>
}

export function drill(definition: RecoveryDrill): RecoveryDrill {
  return definition
}
