import { named } from '../input/index.ts'
import { UsageError } from '../kernel/index.ts'
import type { RecoveryDrill } from './drill.ts'
import type { Kind, Procedure } from './procedure.ts'

/** The procedure of each kind that brings everything back: what is tried when nobody names one. */
const defaultProcedures: Readonly<Record<Kind, string>> = {
  files: 'restic-checked',
  mariadb: 'mysqldump-checked',
  postgres: 'pg-basebackup-pitr',
  host: 'build-checked',
  artifact: 'upgrade-checked',
  region: 'region-checked',
}

/** What somebody asked for; the rest follows from it. */
export interface Asked {
  /** Of a drill that runs on several databases. */
  readonly engine?: 'mariadb' | 'postgres' | undefined
  readonly procedure?: string | undefined
  /** Names of drills; all that the procedure can be tried in when there are none. */
  readonly drills: readonly string[]
}

/**
 * Which drills are run, each with which procedure.
 *
 * @throws UsageError for a name that nothing has, and for a drill of another kind than the procedure
 */
export function choose<D extends Pick<RecoveryDrill, 'id' | 'kinds'>, P extends Pick<Procedure, 'id' | 'kind'>>(
  asked: Asked,
  all: { readonly drills: readonly D[]; readonly procedures: readonly P[] },
): readonly { readonly drill: D; readonly procedure: P }[] {
  const path = 'seatrial drill run'
  const own = asked.procedure === undefined ? undefined : named(all.procedures, asked.procedure, `${path} --procedure`)
  const wanted =
    asked.drills.length > 0
      ? asked.drills.map((name) => named(all.drills, name, path))
      : all.drills.filter(({ kinds }) => own === undefined || kinds.includes(own.kind))
  return wanted.map((drill) => {
    const kind = asked.engine ?? own?.kind ?? drill.kinds[0]
    if (kind === undefined || !drill.kinds.includes(kind) || (own !== undefined && own.kind !== kind)) {
      throw new UsageError({
        path: own === undefined ? `${path} --engine` : `${path} --procedure`,
        given: own === undefined ? String(kind) : `${own.id}, which recovers ${own.kind}`,
        wanted: `one for ${drill.kinds.join(' or ')}, which ${drill.id} tries`,
        mend: '`seatrial drill list` tells which drill tries what.',
      })
    }
    return { drill, procedure: own ?? named(all.procedures, defaultProcedures[kind], `${path} --procedure`) }
  })
}
