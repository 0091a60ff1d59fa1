import { UsageError } from '../kernel/index.ts'
import type { Drill } from './drill.ts'
import type { EngineId } from './engines/all.ts'
import { engines } from './engines/all.ts'
import { named } from '../input/index.ts'
import type { Procedure } from './procedure.ts'

/** The procedure of each engine that loses nothing: what is tried when nobody names one. */
const defaultProcedures: Readonly<Record<EngineId, string>> = {
  mariadb: 'semi-sync',
  postgres: 'postgres-synchronous',
}

/** The engines on which a drill runs. */
export function enginesOf({ engine }: Pick<Drill, 'engine'>): readonly string[] {
  return engine === undefined ? Object.keys(engines) : [engine]
}

/** What somebody asked for; the rest follows from it. */
export interface Asked {
  readonly engine?: EngineId | undefined
  readonly procedure?: string | undefined
  /** Names of drills; all that run on the engine when there are none. */
  readonly drills: readonly string[]
}

/**
 * Which drills are run with which procedure. The engine is the one that was named, else the procedure's, else that of the
 * first drill that runs on one alone, else MariaDB.
 *
 * @throws UsageError for a name that nothing has, and for things of different engines
 */
export function choose<D extends Pick<Drill, 'id' | 'engine'>, P extends Pick<Procedure, 'id' | 'engine'>>(
  asked: Asked,
  all: { readonly drills: readonly D[]; readonly procedures: readonly P[] },
): { readonly drills: readonly D[]; readonly procedure: P } {
  const path = 'seatrial drill run'
  const wanted = asked.drills.map((name) => named(all.drills, name, path))
  const procedure =
    asked.procedure === undefined ? undefined : named(all.procedures, asked.procedure, `${path} --procedure`)
  const engine =
    asked.engine ?? procedure?.engine ?? wanted.find((each) => each.engine !== undefined)?.engine ?? 'mariadb'
  if (procedure !== undefined && procedure.engine !== engine) {
    throw new UsageError({
      path: `${path} --procedure`,
      given: JSON.stringify(procedure.id),
      wanted: `a procedure of ${engine}: ${all.procedures.flatMap((each) => (each.engine === engine ? [each.id] : [])).join(', ')}`,
      mend: `${procedure.id} is one of ${procedure.engine}: leave --engine out, or name another.`,
    })
  }
  const runs = (each: D): boolean => each.engine === undefined || each.engine === engine
  const stranger = wanted.find((each) => !runs(each))
  if (stranger !== undefined) {
    throw new UsageError({
      path,
      given: JSON.stringify(stranger.id),
      wanted: `a drill that runs on ${engine}`,
      mend: `${stranger.id} runs on ${enginesOf(stranger).join(', ')} alone; \`seatrial drill list\` tells of each.`,
    })
  }
  return {
    drills: wanted.length === 0 ? all.drills.filter(runs) : wanted,
    procedure: procedure ?? named(all.procedures, defaultProcedures[engine], `${path} --procedure`),
  }
}
