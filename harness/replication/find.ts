import { discover } from '../discover.ts'
import type { Building } from './building.ts'
import type { Drill } from './drill.ts'
import type { Procedure, ProcedureMutant } from './procedure.ts'

const hasText = (thing: unknown, ...names: readonly string[]): boolean =>
  typeof thing === 'object' && thing !== null && names.every((name) => name in thing)

/** Every drill, in the order of their files. */
export async function allDrills(): Promise<Drill[]> {
  const is = (thing: unknown): thing is Drill => hasText(thing, 'id', 'disturb', 'replicas')
  return (await discover(new URL('./drills/', import.meta.url), is)).map(({ thing }) => thing)
}

/** Every built-in procedure. */
export async function allProcedures(): Promise<Procedure[]> {
  const is = (thing: unknown): thing is Procedure => hasText(thing, 'id', 'promote', 'setUp')
  return (await discover(new URL('./procedures/', import.meta.url), is)).map(({ thing }) => thing)
}

/** Every way to build replicas from a running primary. */
export async function allBuildings(): Promise<Building[]> {
  const is = (thing: unknown): thing is Building => hasText(thing, 'id', 'build', 'safe')
  return (await discover(new URL('./buildings/', import.meta.url), is)).map(({ thing }) => thing)
}

/** Safe procedures with one step left out, each with the drill in which that shows. */
export async function allMutants(): Promise<ProcedureMutant[]> {
  const is = (thing: unknown): thing is ProcedureMutant => hasText(thing, 'procedure', 'drill', 'rule', 'trap')
  return (await discover(new URL('./procedures/mutants/', import.meta.url), is)).map(({ thing }) => thing)
}
