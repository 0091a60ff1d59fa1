/**
 * Boot: what must be there after a reboot, and whether it will be.
 *
 *     PATH --openRoot--> Root --readHost--> HostFiles --+--> static checks --> findings
 *                                       Declared -------'
 */
export { declaredState } from './declared.ts'
export type { Declared } from './declared.ts'
export { allBootDrills } from './drill.ts'
export { learn } from './learn.ts'
export type { Learnt } from './learn.ts'
export { askHost } from './live/ask-host.ts'
export { thisHost } from './live/here.ts'
export { lookAtFiles } from './look-at-files.ts'
export { openRoot } from './root/open.ts'
export { bootSection } from './section.ts'
export type { BootSection } from './section.ts'
export { boot } from './slice.ts'
export { lookAtDates } from './time/look-at-dates.ts'
export { lookAtCascade } from './time/cascade/look-at-cascade.ts'
export { cascadeEntry } from './time/cascade/section.ts'
export { datesEntry } from './time/section.ts'
