import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { named } from '../input/index.ts'
import type { StepReport } from '../kernel/index.ts'
import { beginStep, runCheck, shellWord, unsettledBy, seenBy } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { buildImage } from '../substrate/index.ts'
import type { Building } from './building.ts'
import { buildingCheck } from './checks/building.ts'
import { promotion } from './checks/promotion.ts'
import { readOutage } from './checks/read-outage.ts'
import { recoveryTime } from './checks/recovery-time.ts'
import { rows } from './checks/rows.ts'
import { staleReads } from './checks/stale-reads.ts'
import { standby } from './checks/standby.ts'
import { trap } from './checks/trap.ts'
import { trapBuilding } from './checks/trap-building.ts'
import { trapClock } from './checks/trap-clock.ts'
import { trapDisk } from './checks/trap-disk.ts'
import { trapPostgres } from './checks/trap-postgres.ts'
import { trapSeen } from './checks/trap-seen.ts'
import { trapSplit } from './checks/trap-split.ts'
import type { Drill } from './drill.ts'
import { drillTimeline } from './drill-timeline.ts'
import { engines } from './engines/all.ts'
import type { Engine } from './engines/engine.ts'
import { engineOn, lookAtImage, mustRunOn } from './engines/given-image.ts'
import { allBuildings, allDrills, allMutants, allProcedures } from './find.ts'
import { looksAtClusters, preflight } from './health/preflight.ts'
import type { Procedure } from './procedure.ts'
import { noneAfter } from './ledger/compare.ts'
import type { DrillObservation } from './run-drill.ts'
import { runDrill } from './run-drill.ts'
import { runbookProcedure } from './runbook.ts'
import type { DrillEntry, ReplicationSection } from './section.ts'

/** What looks at a drill, in the order in which it is told. */
const drillChecks = [
  rows,
  recoveryTime,
  staleReads,
  readOutage,
  promotion,
  standby,
  trapSplit,
  trap,
  trapSeen,
  trapDisk,
  trapClock,
  trapPostgres,
  buildingCheck,
  trapBuilding,
]
/** What looks at one that ended before its fault, because a replica could not be built. */
const unbuiltChecks = [rows, buildingCheck, trapBuilding]

const images = new URL('../../fixtures/images/', import.meta.url)

/** Looks at the live clusters of the section, then runs its drills, one after the other: each is a step. */
export async function* trial(context: TrialContext<ReplicationSection>): AsyncGenerator<StepReport> {
  const [drills, built, mutants] = await Promise.all([allDrills(), allProcedures(), allMutants()])
  const buildings = await allBuildings()
  const procedures = [...built, ...mutants.map(({ procedure }) => procedure)]
  const wanted: Wanted[] = []
  for (const [index, entry] of context.section.drills.entries()) {
    const drill = named(drills, entry.drill, `replication.drills[${index}].drill`)
    const base = named(procedures, entry.procedure, `replication.drills[${index}].procedure`)
    const { runbook } = entry
    const building =
      entry.building === undefined
        ? undefined
        : named(buildings, entry.building, `replication.drills[${index}].building`)
    if (runbook === undefined) wanted.push({ entry, drill, procedure: base, building })
    else {
      const file = resolve(context.baseFolder, runbook)
      // The replay line is pasted where the run was started.
      const here = { ...entry, runbook: relative(process.cwd(), file) }
      wanted.push({ entry: here, drill, procedure: await runbookProcedure(file, base), building })
    }
  }
  const { preflight: clusters } = context.section
  for (const [index, target] of clusters.entries()) {
    if (!(await looksAtClusters(context.only))) continue
    const path = `replication.preflight[${index}]`
    context.progress(`${target.name}: asked, not changed`)
    const ca = target.ca === undefined ? {} : { ca: resolve(context.baseFolder, target.ca) }
    const usual = engines[target.engine ?? 'mariadb'].port
    const nodes = target.nodes.map(({ host, port = usual }) => ({ host, port }))
    yield await preflight({ ...target, ...ca, nodes }, { ...context, env: process.env, path })
  }
  for (const one of wanted) yield await stepOf(one, context)
}

interface Wanted {
  readonly entry: DrillEntry
  readonly drill: Drill
  readonly procedure: Procedure
  readonly building: Building | undefined
}

async function stepOf(
  { entry, drill, procedure, building }: Wanted,
  context: TrialContext<ReplicationSection>,
): Promise<StepReport> {
  const { clock, run, signal, section, progress } = context
  const subject = subjectOf(drill.id, procedure.id, building?.id)
  const step = beginStep({ id: `replication/${drill.id}`, subject }, clock)
  try {
    const engine = engines[procedure.engine]
    const own = await buildImage(fileURLToPath(new URL(engine.image, images)), { progress, signal })
    const server = await serverOf(own, engine, { drill, building }, section)
    const told = (line: string): void => progress(`${drill.id}: ${line}`)
    const seen = await runDrill({
      drill,
      procedure,
      building,
      ...server,
      run,
      signal,
      clients: section.clients,
      seed: context.seed,
      progress: told,
    })
    return step(judged(seen, entry, server.image === own ? undefined : server.image))
  } catch (error) {
    signal.throwIfAborted()
    return step({ unsettled: unsettledBy(error, 'Run it again; when it stays, report it with the logs.') })
  }
}

function subjectOf(...ids: readonly (string | undefined)[]): string {
  return ids.filter((id) => id !== undefined).join(', ')
}

/** What the nodes run: our own image, or one that somebody gives. */
async function serverOf(
  own: string,
  engine: Engine,
  { drill, building }: Pick<Wanted, 'drill' | 'building'>,
  { images: given }: ReplicationSection,
): Promise<{ readonly engine: Engine; readonly image: string; readonly tools?: string }> {
  const tag = given[engine.id]
  if (tag === undefined) return { engine, image: own }
  const image = await lookAtImage(tag, engine.id, `replication.images.${engine.id}`)
  mustRunOn(image, drill, building)
  return { engine: await engineOn(image, engine), image: tag, tools: own }
}

function judged(
  seen: DrillObservation,
  { procedure, building, runbook, objectives }: DrillEntry,
  image: string | undefined,
): Partial<StepReport> {
  const attachments = [
    { name: 'drill.json', contentType: 'application/json', content: `${JSON.stringify(seen, undefined, 2)}\n` },
  ]
  const timeline = drillTimeline(seen)
  // Clients that got no further are no reason to say nothing: they are what recovery time is about.
  if (seen.unsettled !== undefined && seen.unsettled !== noneAfter) {
    return {
      attachments,
      timeline,
      unsettled: { because: 'prerequisite', why: seen.unsettled, mend: 'Run it again with more clients.' },
    }
  }
  const options = [
    ['procedure', procedure],
    ['building', building],
    ['runbook', runbook === undefined ? undefined : shellWord(runbook)],
    ['image', image === undefined ? undefined : shellWord(image)],
    ['seed', seen.seed],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`]))
  const place = {
    subject: subjectOf(seen.drill, seen.procedure, building),
    replay: `seatrial drill run ${seen.drill} ${options.join(' ')}`,
  }
  const given = { ...seen, objectiveMs: objectives.rtoMs, readObjectiveMs: objectives.readOutageMs }
  const checks = seen.building?.failed === undefined ? drillChecks : unbuiltChecks
  return {
    attachments,
    timeline,
    ...seenBy(
      checks.map((each) => runCheck(each, given)),
      place,
    ),
  }
}
