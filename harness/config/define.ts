import type { ProfileName } from './profiles.ts'
import type { CoreConfigInput, ProfileInput } from './schema.ts'

/** The slices' sections by id; the registry adds each slice's own type by declaration merging. */
export interface ConfigSections {}

type Overrides = { readonly [Id in keyof ConfigSections]?: Partial<ConfigSections[Id]> }

/** What `seatrial.config.ts` exports. */
export type SeatrialConfig = CoreConfigInput &
  Partial<ConfigSections> & {
    readonly profiles?: { readonly [Name in ProfileName]?: ProfileInput & Overrides }
  }

/**
 * Types a configuration and returns it as it is; it is checked when it is loaded.
 *
 * @example
 * export default defineConfig({
 *   stack: { web: { build: './web', ports: [8080] } },
 *   http: { targets: [{ in: 'web', path: '/' }] },
 *   gate: { block: 'error', accept: './seatrial.accept.yaml' },
 * })
 */
export function defineConfig(config: SeatrialConfig): SeatrialConfig {
  return config
}
