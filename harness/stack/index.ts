/**
 * Startable things: what a trial looks at.
 *
 *     config.stack --startStack--> StartedStack --part(name)--> origin, machine
 */
export * from './mutant.ts'
export type * from './stack.ts'
