/**
 * Faults: each disturbs one target on purpose and undoes itself.
 *
 *     await using fault = await pause(machine)      // in effect
 *     ...                                           // leaving the scope undoes it
 */
export type { Fault, FaultHandle } from './fault.ts'
export { fullDisk } from './full-disk.ts'
export type { FullDiskOptions } from './full-disk.ts'
export { kill } from './kill.ts'
export { networkDelay } from './network-delay.ts'
export type { NetworkDelayOptions } from './network-delay.ts'
export { partition } from './partition.ts'
export { pause } from './pause.ts'
export { stop } from './stop.ts'
