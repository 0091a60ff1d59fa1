/**
 * Recovery drills, judged by a manifest.
 *
 *     procedure (a script with verbs) --> bench: machines of its kind --> attempts: what it said
 *                                           |
 *     drill: the circumstance               |
 *                                           v
 *              manifest before  --compareManifests-->  manifest after --> checks: outcome, recovery time, trap
 *
 * A procedure is the thing under test: how things are saved and brought back. A drill is what happens around it.
 */
export { choose } from './choose.ts'
export { allDrills, allMutants, allProcedures } from './find.ts'
export { recoverySection } from './section.ts'
export { recovery } from './slice.ts'
export type { RecoveryDrill } from './drill.ts'
export type { Procedure } from './procedure.ts'
