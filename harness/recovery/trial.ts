import { relative, resolve } from 'node:path'
import { named, readScript } from '../input/index.ts'
import type { StepReport } from '../kernel/index.ts'
import { beginStep, runCheck, seenBy, unsettledBy, UsageError } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { recoveryTime } from './checks/recovery-time.ts'
import { outcome } from './checks/outcome.ts'
import { change } from './checks/change.ts'
import { service } from './checks/service.ts'
import { trapArtifact } from './checks/trap-artifact.ts'
import { trapDatabase } from './checks/trap-database.ts'
import { trapHost } from './checks/trap-host.ts'
import { trapFiles } from './checks/trap-files.ts'
import { trap } from './checks/trap.ts'
import type { RecoveryDrill } from './drill.ts'
import { allDrills, allMutants, allProcedures } from './find.ts'
import type { Procedure } from './procedure.ts'
import { scriptOf } from './procedure.ts'
import type { DrillEntry, RecoverySection } from './section.ts'
import type { Seen } from './seen.ts'

/** What looks at a drill, in the order in which it is told. */
const drillChecks = [outcome, change, service, recoveryTime, trap, trapFiles, trapArtifact, trapDatabase, trapHost]

interface Wanted {
  readonly entry: DrillEntry
  readonly drill: RecoveryDrill
  readonly procedure: Procedure
  readonly script: string
}

/**
 * Runs the drills of the section, one after the other: each is a step.
 *
 * @throws UsageError for a name that nothing has, a drill of another kind than the procedure, a script that cannot be
 *   read: before anything is started
 */
export async function* trial(context: TrialContext<RecoverySection>): AsyncGenerator<StepReport> {
  const [drills, built, mutants] = await Promise.all([allDrills(), allProcedures(), allMutants()])
  const procedures = [...built, ...mutants.map(({ procedure }) => procedure)]
  const wanted = await Promise.all(
    context.section.drills.map(async (entry, index): Promise<Wanted> => {
      const path = `recovery.drills[${index}]`
      const drill = named(drills, entry.drill, `${path}.drill`)
      const procedure = named(procedures, entry.procedure, `${path}.procedure`)
      mustFit(drill, procedure, path)
      return { entry, drill, procedure, script: await scriptFor(entry, procedure, { context, path }) }
    }),
  )
  for (const each of wanted) yield await stepOf(each, context)
}

/** @throws UsageError with the procedures that the drill can try */
function mustFit({ id, kinds }: RecoveryDrill, procedure: Procedure, path: string): void {
  if (kinds.includes(procedure.kind)) return
  throw new UsageError({
    path: `${path}.procedure`,
    given: `${procedure.id}, which recovers ${procedure.kind}`,
    wanted: `a procedure for ${kinds.join(' or ')}, which ${id} tries`,
  })
}

async function scriptFor(
  { script }: DrillEntry,
  procedure: Procedure,
  { context, path }: { readonly context: TrialContext<RecoverySection>; readonly path: string },
): Promise<string> {
  if (script === undefined) return scriptOf(procedure)
  return readScript(`${path}.script`, script, context.baseFolder)
}

async function stepOf(
  { entry, drill, procedure, script }: Wanted,
  context: TrialContext<RecoverySection>,
): Promise<StepReport> {
  const { clock, run, signal, seed } = context
  const subject = `${drill.id}, ${procedure.id}`
  const step = beginStep({ id: `recovery/${drill.id}`, subject }, clock)
  try {
    const progress = (line: string): void => context.progress(`${drill.id}: ${line}`)
    const seen = await drill.attempt({ procedure, script, run, signal, seed, progress })
    return step(
      judged(
        { drill: drill.id, procedure: procedure.id, forgets: procedure.forgets ?? [], ...seen },
        { entry, subject, context },
      ),
    )
  } catch (error) {
    signal.throwIfAborted()
    return step({ unsettled: unsettledBy(error, 'Run it again; when it stays, report it with the logs.') })
  }
}

function judged(
  seen: Seen,
  { entry, subject, context }: { entry: DrillEntry; subject: string; context: TrialContext<RecoverySection> },
): Partial<StepReport> {
  const attachments = [
    { name: 'drill.json', contentType: 'application/json', content: `${JSON.stringify(seen, undefined, 2)}\n` },
  ]
  const file = entry.script && relative(process.cwd(), resolve(context.baseFolder, entry.script))
  const replay = `seatrial drill run ${seen.drill} --procedure ${seen.procedure}${file ? ` --runbook ${file}` : ''}`
  const given = { ...seen, objectiveMs: entry.objectives.rtoMs ?? seen.objectiveMs }
  return {
    attachments,
    ...seenBy(
      drillChecks.map((each) => runCheck(each, given)),
      { subject, replay },
    ),
  }
}
