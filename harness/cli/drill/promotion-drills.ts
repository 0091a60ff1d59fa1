import { resolve } from 'node:path'
import { named } from '../../input/index.ts'
import { UsageError } from '../../kernel/index.ts'
import type { Building, Procedure } from '../../replication/index.ts'
import {
  allBuildings,
  allDrills,
  allMutants,
  allProcedures,
  buildingUnfit,
  choose,
  enginesOf,
  replication,
  replicationSection,
  runbookProcedure,
} from '../../replication/index.ts'
import type { DrillFace } from './drill-face.ts'
import { drillLines } from './drill-lines.ts'

const everyProcedure = async (): Promise<Procedure[]> => [
  ...(await allProcedures()),
  // The replay line of a suite may name a mutant.
  ...(await allMutants()).map(({ procedure }) => procedure),
]

/** Promotion drills: `replication`. */
export const promotionDrills: DrillFace = {
  slice: replication,
  drills: async () =>
    (await allDrills()).map((each) => ({ ...each, on: enginesOf(each), data: { engines: enginesOf(each) } })),
  procedures: async () => (await allProcedures()).map(listed),
  buildings: async () =>
    (await allBuildings()).map((each) => ({ ...listed(each), data: { engine: each.engine, safe: each.safe } })),
  hasProcedure: async (name) => (await everyProcedure()).some(({ id }) => id === name),
  strangers: [],
  async section(
    names,
    { engine, procedure: wanted, building: built, image, runbook, clients, rto, readOutage },
    folder,
  ) {
    const building = built === undefined ? undefined : await buildingOf(built)
    const on = engine ?? (wanted === undefined ? building?.engine : undefined)
    const asked = { engine: on, procedure: wanted, drills: names }
    const { drills, procedure } = choose(asked, { drills: await allDrills(), procedures: await everyProcedure() })
    if (building !== undefined) demandFit(building, procedure)
    const file = runbook === undefined ? undefined : resolve(folder, runbook)
    // Before anything is started: what nobody could run is not worth waiting for.
    if (file !== undefined) await runbookProcedure(file, procedure)
    return replicationSection.parse({
      clients,
      images: image === undefined ? {} : { [procedure.engine]: image },
      drills: drills.map(({ id }) => ({
        drill: id,
        procedure: procedure.id,
        building: building?.id,
        runbook: file,
        objectives: {
          ...(rto !== undefined && { rtoMs: rto }),
          ...(readOutage !== undefined && { readOutageMs: readOutage }),
        },
      })),
    })
  },
  lines: drillLines,
}

const listed = ({ id, title, engine }: Pick<Procedure, 'id' | 'title' | 'engine'>) => ({
  id,
  title,
  on: [engine],
  data: { engine },
})

async function buildingOf(name: string): Promise<Building> {
  return named(await allBuildings(), name, 'seatrial drill run --building')
}

/** @throws UsageError */
function demandFit(building: Building, procedure: Procedure): void {
  const why = buildingUnfit({ procedure, building })
  if (why === undefined) return
  throw new UsageError({
    path: 'seatrial drill run --building',
    given: JSON.stringify(building.id),
    wanted: `a building that ${procedure.id} can be tried with`,
    mend: `Choose another of the two: ${why}. \`seatrial drill list\` names them.`,
  })
}
