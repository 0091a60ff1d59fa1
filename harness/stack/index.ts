/**
 * Startable things: what a trial looks at.
 *
 *     config.stack --stackSpec--> StackSpec --startStack--> StartedStack --part(name)--> origin, machine
 */
export * from './mutant.ts'
export { stackSpec } from './spec.ts'
export type { PartSpec, StackInput, StackSpec } from './spec.ts'
export type * from './stack.ts'
export { startStack } from './start.ts'
export type { StartStackOptions } from './start.ts'
export { applyMutant } from './apply-mutant.ts'
export { readPartFiles } from './part-files.ts'
export { restartService } from './restart-service.ts'
