import { discoverWith } from '../discover.ts'
import type { RecoveryDrill } from './drill.ts'
import type { Procedure, ProcedureMutant } from './procedure.ts'

/** Every drill, in the order of their files. */
export function allDrills(): Promise<RecoveryDrill[]> {
  return discoverWith(new URL('./drills/', import.meta.url), 'id', 'kinds', 'attempt')
}

/** Every built-in procedure. */
export function allProcedures(): Promise<Procedure[]> {
  return discoverWith(new URL('./procedures/', import.meta.url), 'id', 'kind', 'script')
}

/** Safe procedures with one line left out, each with the drill in which that shows. */
export function allMutants(): Promise<ProcedureMutant[]> {
  return discoverWith(new URL('./procedures/mutants/', import.meta.url), 'procedure', 'drill', 'rule')
}
