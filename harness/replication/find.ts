import { discoverWith } from '../discover.ts'
import type { Building } from './building.ts'
import type { Drill } from './drill.ts'
import type { Procedure, ProcedureMutant } from './procedure.ts'

/** Every drill, in the order of their files. */
export function allDrills(): Promise<Drill[]> {
  return discoverWith(new URL('./drills/', import.meta.url), 'id', 'disturb', 'replicas')
}

/** Every built-in procedure. */
export function allProcedures(): Promise<Procedure[]> {
  return discoverWith(new URL('./procedures/', import.meta.url), 'id', 'promote', 'setUp')
}

/** Every way to build replicas from a running primary. */
export function allBuildings(): Promise<Building[]> {
  return discoverWith(new URL('./buildings/', import.meta.url), 'id', 'build', 'safe')
}

/** Safe procedures with one step left out, each with the drill in which that shows. */
export function allMutants(): Promise<ProcedureMutant[]> {
  return discoverWith(new URL('./procedures/mutants/', import.meta.url), 'procedure', 'drill', 'rule', 'trap')
}
