/**
 * Promotion drills, judged by rows.
 *
 *     procedure --> cluster (containers) --> writers --> journal: what clients were told
 *                      |                                    |
 *     drill: fault, promotion by the procedure              |
 *                      |                                    |
 *                   every row of every node ----------> compareLedger --> checks: rows, recovery time, trap
 *
 * A procedure is the thing under test: how a cluster is run and how one of it is promoted. A drill is what happens to it.
 */
export { choose, enginesOf } from './choose.ts'
export { allBuildings, allDrills, allMutants, allProcedures } from './find.ts'
export { parseAddress } from './health/addresses.ts'
export { preflight } from './health/preflight.ts'
export { passwordVariable } from './health/section.ts'
export { tokenText } from './ledger/token.ts'
export { buildingUnfit } from './must-fit.ts'
export { runbookProcedure } from './runbook.ts'
export { replicationSection } from './section.ts'
export { replication } from './slice.ts'
export type { Building } from './building.ts'
export type { Drill } from './drill.ts'
export type { Procedure } from './procedure.ts'
