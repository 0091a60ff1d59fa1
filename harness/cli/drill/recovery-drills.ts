import { resolve } from 'node:path'
import type { Procedure } from '../../recovery/index.ts'
import { allDrills, allMutants, allProcedures, choose, recovery, recoverySection } from '../../recovery/index.ts'
import type { DrillFace } from './drill-face.ts'
import { recoveryLines } from './recovery-lines.ts'

const everyProcedure = async (): Promise<Procedure[]> => [
  ...(await allProcedures()),
  ...(await allMutants()).map(({ procedure }) => procedure),
]

/** Recovery drills: `recovery`. */
export const recoveryDrills: DrillFace = {
  slice: recovery,
  drills: async () => (await allDrills()).map(({ id, title, kinds }) => ({ id, title, on: kinds, data: { kinds } })),
  procedures: async () =>
    (await allProcedures()).map(({ id, title, kind }) => ({ id, title, on: [kind], data: { kind } })),
  buildings: async () => [],
  hasProcedure: async (name) => (await everyProcedure()).some(({ id }) => id === name),
  strangers: ['building', 'image', 'clients', 'readOutage'],
  async section(names, { engine, procedure, runbook, rto }, folder) {
    const asked = { engine, procedure, drills: names }
    const chosen = choose(asked, { drills: await allDrills(), procedures: await everyProcedure() })
    return recoverySection.parse({
      drills: chosen.map((each) => ({
        drill: each.drill.id,
        procedure: each.procedure.id,
        script: runbook === undefined ? undefined : resolve(folder, runbook),
        objectives: rto === undefined ? {} : { rtoMs: rto },
      })),
    })
  },
  lines: recoveryLines,
}
