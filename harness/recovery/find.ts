import { discover } from '../discover.ts'
import type { RecoveryDrill } from './drill.ts'
import type { Procedure, ProcedureMutant } from './procedure.ts'

const hasAll = (thing: unknown, ...names: readonly string[]): boolean =>
  typeof thing === 'object' && thing !== null && names.every((name) => name in thing)

/** Every drill, in the order of their files. */
export async function allDrills(): Promise<RecoveryDrill[]> {
  const is = (thing: unknown): thing is RecoveryDrill => hasAll(thing, 'id', 'kinds', 'attempt')
  return (await discover(new URL('./drills/', import.meta.url), is)).map(({ thing }) => thing)
}

/** Every built-in procedure. */
export async function allProcedures(): Promise<Procedure[]> {
  const is = (thing: unknown): thing is Procedure => hasAll(thing, 'id', 'kind', 'script')
  return (await discover(new URL('./procedures/', import.meta.url), is)).map(({ thing }) => thing)
}

/** Safe procedures with one line left out, each with the drill in which that shows. */
export async function allMutants(): Promise<ProcedureMutant[]> {
  const is = (thing: unknown): thing is ProcedureMutant => hasAll(thing, 'procedure', 'drill', 'rule')
  return (await discover(new URL('./procedures/mutants/', import.meta.url), is)).map(({ thing }) => thing)
}
