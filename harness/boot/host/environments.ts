import type { Root } from '../root/root.ts'
import type { Texts } from './texts.ts'
import { textsAt } from './texts.ts'
import { isKnownPath } from './unit-paths.ts'
import type { UnitFile, Units } from './units.ts'
import { valuesOf } from './units.ts'

/** Files with the environment of services, by their paths. */
export async function readEnvironments(root: Root, units: Units): Promise<Texts> {
  return textsAt(root, new Set([...units.byName.values()].flatMap(environmentsOf)))
}

/** The paths that `EnvironmentFile=` of a unit names, where they can be told. */
export function environmentsOf(unit: UnitFile): readonly string[] {
  return valuesOf(unit, 'Service', 'EnvironmentFile')
    .map(({ value }) => value.replace(/^-/, ''))
    .filter(isKnownPath)
}
