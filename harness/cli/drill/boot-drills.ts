import { resolve } from 'node:path'
import { allBootDrills, boot, bootSection } from '../../boot/index.ts'
import { named } from '../../input/index.ts'
import { UsageError } from '../../kernel/index.ts'
import { bootLines } from './boot-lines.ts'
import type { DrillFace } from './drill-face.ts'

/** Drills of hosts that are booted again: `boot`. */
export const bootDrills: DrillFace = {
  slice: boot,
  drills: async () => (await allBootDrills()).map(({ id, title, on }) => ({ id, title, on: [on], data: { on } })),
  procedures: async () =>
    (await allBootDrills()).flatMap(({ id: drill, on, procedures }) =>
      procedures.map(({ id, title }) => ({ id, title, on: [on], data: { drill } })),
    ),
  buildings: async () => [],
  hasProcedure: async (name) =>
    (await allBootDrills()).some(({ procedures }) => procedures.some(({ id }) => id === name)),
  strangers: ['engine', 'building', 'image', 'clients', 'rto', 'readOutage'],
  async section(names, { procedure, runbook }, folder) {
    const drills = await allBootDrills()
    const path = 'seatrial drill run'
    const its = procedure && drills.filter(({ procedures }) => procedures.some(({ id }) => id === procedure))
    const wanted = names.length > 0 ? names.map((name) => named(drills, name, path)) : its || drills
    const astray = its && wanted.find((drill) => !its.includes(drill))
    if (astray) {
      throw new UsageError({
        path: `${path} --procedure`,
        given: procedure,
        wanted: `one of ${astray.procedures.map(({ id }) => id).join(', ')}, which ${astray.id} tries`,
      })
    }
    return bootSection.parse({
      drills: wanted.map(({ id }) => ({
        drill: id,
        procedure,
        script: runbook === undefined ? undefined : resolve(folder, runbook),
      })),
    })
  },
  lines: bootLines,
}
