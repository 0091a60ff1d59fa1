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
export { allDrills, allProcedures, named } from './find.ts'
export { replicationSection } from './section.ts'
export { replication } from './slice.ts'
