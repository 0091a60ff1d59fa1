/**
 * The Vitest face: a test reads as a requirement on a deployment.
 *
 *     test(..., ({ look }) => expect(await look({ practice: 'http' })).toHaveNoFindings())
 *
 * `seatrial test` runs such tests and writes the run record; bare Vitest runs them too.
 */
export { test } from './fixtures.ts'
export type { LookFor } from './fixtures.ts'
export type { Looked, NoFindingsOptions } from './matchers.ts'
export { describe, expect } from 'vitest'
