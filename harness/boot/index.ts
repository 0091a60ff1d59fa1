/**
 * Boot: what must be there after a reboot, and whether it will be.
 *
 *     PATH --openRoot--> Root --readHost--> HostFiles --+--> static checks --> findings
 *                                       Declared -------'
 */
export { declaredState } from './declared.ts'
export type { Declared } from './declared.ts'
export { lookAtFiles } from './look-at-files.ts'
export { openRoot } from './root/open.ts'
export { boot } from './slice.ts'
