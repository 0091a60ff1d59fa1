/**
 * A TCP proxy of ours between a client and a server of the trial, with one toxic a file.
 *
 *     client --> address [ up:   read, wait, cut, send ] --> to
 *            <--         [ down: the same              ] <--
 *
 *     await using slow = await proxy.add(delay({ latencyMs: 100 }))      // leaving the scope undoes it
 */
export { startFaultProxy } from './fault-proxy.ts'
export type { Address, ConnectionCounts, FaultProxy, FaultProxyOptions, ToxicHandle } from './fault-proxy.ts'
export type { Direction, Effect, Ending, Flow, Piece, Toxic, ToxicOptions } from './toxic.ts'
export { bandwidth } from './toxics/bandwidth.ts'
export type { BandwidthOptions } from './toxics/bandwidth.ts'
export { delay } from './toxics/delay.ts'
export type { DelayOptions } from './toxics/delay.ts'
export { halfOpen } from './toxics/half-open.ts'
export { limit } from './toxics/limit.ts'
export type { LimitOptions } from './toxics/limit.ts'
export { reset } from './toxics/reset.ts'
export type { ResetOptions } from './toxics/reset.ts'
export { slice } from './toxics/slice.ts'
export type { SliceOptions } from './toxics/slice.ts'
