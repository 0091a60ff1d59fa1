import { fileURLToPath } from 'node:url'
import type { LocatedFinding, StepReport } from '../kernel/index.ts'
import { messageOf, runCheck, SeatrialError } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { buildImage } from '../substrate/index.ts'
import { recoveryTime } from './checks/recovery-time.ts'
import { rows } from './checks/rows.ts'
import { trap } from './checks/trap.ts'
import type { Drill } from './drill.ts'
import { mariadb } from './engines/mariadb.ts'
import { allDrills, allProcedures, named } from './find.ts'
import type { Procedure } from './procedure.ts'
import type { DrillObservation } from './run-drill.ts'
import { runDrill } from './run-drill.ts'
import type { DrillEntry, ReplicationSection } from './section.ts'

const images = new URL('../../fixtures/images/', import.meta.url)

/** Runs the drills of the section, one after the other: each is a step. */
export async function* trial(context: TrialContext<ReplicationSection>): AsyncGenerator<StepReport> {
  const [drills, procedures] = await Promise.all([allDrills(), allProcedures()])
  const wanted = context.section.drills.map((entry, index) => ({
    entry,
    drill: named(drills, entry.drill, `replication.drills[${index}].drill`),
    procedure: named(procedures, entry.procedure, `replication.drills[${index}].procedure`),
  }))
  for (const one of wanted) yield await stepOf(one, context)
}

interface Wanted {
  readonly entry: DrillEntry
  readonly drill: Drill
  readonly procedure: Procedure
}

async function stepOf(
  { entry, drill, procedure }: Wanted,
  context: TrialContext<ReplicationSection>,
): Promise<StepReport> {
  const { clock, run, signal, section, progress } = context
  const [startedAt, began] = [clock.now(), clock.elapsed()]
  const subject = `${drill.id}, ${procedure.id}`
  const step = (rest: Partial<StepReport>): StepReport => ({
    id: `replication/${drill.id}`,
    subject,
    looked: [],
    findings: [],
    startedAt,
    durationMs: Math.round(clock.elapsed() - began),
    ...rest,
  })
  try {
    const image = await buildImage(fileURLToPath(new URL(mariadb.image, images)), { progress, signal })
    const told = (line: string): void => progress(`${drill.id}: ${line}`)
    const seen = await runDrill({
      drill,
      procedure,
      engine: mariadb,
      image,
      run,
      signal,
      clients: section.clients,
      progress: told,
    })
    return step(judged(seen, entry))
  } catch (error) {
    signal.throwIfAborted()
    const because = error instanceof SeatrialError ? error.because : 'harness'
    const mend = error instanceof SeatrialError ? error.mend : 'Run it again; when it stays, report it with the logs.'
    return step({ unsettled: { because, why: messageOf(error), mend } })
  }
}

function judged(seen: DrillObservation, { objectives }: DrillEntry): Partial<StepReport> {
  const attachments = [
    { name: 'drill.json', contentType: 'application/json', content: `${JSON.stringify(seen, undefined, 2)}\n` },
  ]
  if (seen.unsettled !== undefined) {
    return {
      attachments,
      unsettled: { because: 'prerequisite', why: seen.unsettled, mend: 'Run it again with more clients.' },
    }
  }
  const place = {
    subject: `${seen.drill}, ${seen.procedure}`,
    replay: `seatrial drill run ${seen.drill} --procedure ${seen.procedure}`,
  }
  const results = [
    runCheck(rows, seen),
    runCheck(recoveryTime, { rtoMs: seen.rtoMs, objectiveMs: objectives.rtoMs }),
    runCheck(trap, seen),
  ]
  const findings: LocatedFinding[] = results.flatMap((each) =>
    each.findings.map((finding) => ({ ...finding, ...place })),
  )
  const unsettled = results.find((each) => each.unsettled !== undefined)?.unsettled
  return {
    attachments,
    looked: [rows.id, recoveryTime.id, trap.id],
    findings,
    ...(unsettled !== undefined && { unsettled }),
  }
}
