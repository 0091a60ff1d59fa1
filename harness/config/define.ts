import type { ProfileName } from './profiles.ts'
import type { CoreConfigInput, ProfileInput } from './schema.ts'

/** The slices' sections by id; the registry adds each slice's own type by declaration merging. */
// oxlint-disable-next-line typescript/no-empty-object-type -- an interface is what can be added to
export interface ConfigSections {}

type Overrides<Sections> = { readonly [Id in keyof Sections]?: Partial<Sections[Id]> }

/** What `seatrial.config.ts` exports. */
export type SeatrialConfig<Sections = ConfigSections> = CoreConfigInput &
  Partial<Sections> & {
    readonly profiles?: { readonly [Name in ProfileName]?: ProfileInput & Overrides<Sections> }
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
export function defineConfig<Sections = ConfigSections>(config: SeatrialConfig<Sections>): SeatrialConfig<Sections> {
  return config
}
