/**
 * The configuration: one schema, one file, one frozen plan.
 *
 *     seatrial.config.ts --loadConfig(profile)--> Plan --> startStack, the slices, the gate
 */
export * from './allow.ts'
export { findConfig } from './config-file.ts'
export { defineConfig } from './define.ts'
export type { ConfigSections, SeatrialConfig } from './define.ts'
export { configJsonSchema } from './json-schema.ts'
export { loadConfig } from './load.ts'
export type { LoadOptions, Plan } from './load.ts'
export * from './profiles.ts'
export type { SectionSchemas } from './schema.ts'
