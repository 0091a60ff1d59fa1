/**
 * When several things are down, which one is to blame? A provider before what needs it: the mount before the database,
 * the database before the site.
 *
 *     configuration (depends) --+--> needs ---------.
 *     steps (things) -----------'                    +--> rank --> causes, each with its consequences and evidence
 *     findings, things asked ------> down, up, ... -'
 */
export * from './cycle.ts'
export * from './diagnose.ts'
export { mapOf } from './needs.ts'
