import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { named } from '../input/index.ts'
import type { LocatedFinding, StepReport } from '../kernel/index.ts'
import { messageOf, runCheck, SeatrialError } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { buildImage } from '../substrate/index.ts'
import { promotion } from './checks/promotion.ts'
import { recoveryTime } from './checks/recovery-time.ts'
import { rows } from './checks/rows.ts'
import { standby } from './checks/standby.ts'
import { trap } from './checks/trap.ts'
import { trapPostgres } from './checks/trap-postgres.ts'
import { trapSeen } from './checks/trap-seen.ts'
import type { Drill } from './drill.ts'
import { engines } from './engines/all.ts'
import { allDrills, allMutants, allProcedures } from './find.ts'
import { healthChecks, preflight } from './health/preflight.ts'
import type { Procedure } from './procedure.ts'
import { noneAfter } from './ledger/compare.ts'
import type { DrillObservation } from './run-drill.ts'
import { quoted } from './quoted.ts'
import { runDrill } from './run-drill.ts'
import { runbookProcedure } from './runbook.ts'
import type { DrillEntry, ReplicationSection } from './section.ts'

/** What looks at a drill, in the order in which it is told. */
const drillChecks = [rows, recoveryTime, promotion, standby, trap, trapSeen, trapPostgres]

const images = new URL('../../fixtures/images/', import.meta.url)

/** Looks at the live clusters of the section, then runs its drills, one after the other: each is a step. */
export async function* trial(context: TrialContext<ReplicationSection>): AsyncGenerator<StepReport> {
  const [drills, built, mutants] = await Promise.all([allDrills(), allProcedures(), allMutants()])
  const procedures = [...built, ...mutants.map(({ procedure }) => procedure)]
  const wanted: Wanted[] = []
  for (const [index, entry] of context.section.drills.entries()) {
    const drill = named(drills, entry.drill, `replication.drills[${index}].drill`)
    const base = named(procedures, entry.procedure, `replication.drills[${index}].procedure`)
    const { runbook } = entry
    if (runbook === undefined) wanted.push({ entry, drill, procedure: base })
    else {
      const file = resolve(context.baseFolder, runbook)
      // The replay line is pasted where the run was started.
      const here = { ...entry, runbook: relative(process.cwd(), file) }
      wanted.push({ entry: here, drill, procedure: await runbookProcedure(file, base) })
    }
  }
  const { preflight: clusters } = context.section
  for (const [index, target] of clusters.entries()) {
    if ((await healthChecks(context.only)).length === 0) continue
    const path = `replication.preflight[${index}]`
    context.progress(`${target.name}: asked, not changed`)
    yield await preflight(target, { ...context, env: process.env, path })
  }
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
    const engine = engines[procedure.engine]
    const image = await buildImage(fileURLToPath(new URL(engine.image, images)), { progress, signal })
    const told = (line: string): void => progress(`${drill.id}: ${line}`)
    const seen = await runDrill({
      drill,
      procedure,
      engine,
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

function judged(seen: DrillObservation, { procedure, runbook, objectives }: DrillEntry): Partial<StepReport> {
  const attachments = [
    { name: 'drill.json', contentType: 'application/json', content: `${JSON.stringify(seen, undefined, 2)}\n` },
  ]
  // Clients that got no further are no reason to say nothing: they are what recovery time is about.
  if (seen.unsettled !== undefined && seen.unsettled !== noneAfter) {
    return {
      attachments,
      unsettled: { because: 'prerequisite', why: seen.unsettled, mend: 'Run it again with more clients.' },
    }
  }
  const place = {
    subject: `${seen.drill}, ${seen.procedure}`,
    replay: `seatrial drill run ${seen.drill} --procedure ${procedure}${runbook === undefined ? '' : ` --runbook ${quoted(runbook)}`}`,
  }
  const given = { ...seen, objectiveMs: objectives.rtoMs }
  const results = drillChecks.map((each) => runCheck(each, given))
  const findings: LocatedFinding[] = results.flatMap((each) =>
    each.findings.map((finding) => ({ ...finding, ...place })),
  )
  const unsettled = results.find((each) => each.unsettled !== undefined)?.unsettled
  return {
    attachments,
    looked: drillChecks.map(({ id }) => id),
    findings,
    ...(unsettled !== undefined && { unsettled }),
  }
}
