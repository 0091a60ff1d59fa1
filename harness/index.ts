/**
 * The library face: what a configuration and a program of one's own need.
 *
 *     import { defineConfig } from 'seatrial'
 *     import { test, expect } from 'seatrial/vitest'
 */
export { defineConfig } from './config/index.ts'
export type { SeatrialConfig } from './config/index.ts'
export * from './kernel/index.ts'
export type { GatePolicy, RunRecord } from './record/index.ts'
export { slices } from './registry.ts'
export { renderReport } from './report/index.ts'
export type { Mutant } from './stack/index.ts'
export type { StartedStack } from './stack/index.ts'
export * from './substrate/faults/index.ts'
export { prepareTrial, runTrial } from './trial/index.ts'
export type { TrialOptions, TrialPlan, TrialResult } from './trial/index.ts'
export { createClient } from './wire/index.ts'
export * from './wire/fault-proxy/index.ts'
