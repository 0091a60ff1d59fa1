import type { Root } from '../root/root.ts'
import { textAt } from '../root/root.ts'
import type { Texts } from './texts.ts'
import type { Units } from './units.ts'
import { valuesOf } from './units.ts'

/** Files with the environment of services, by their paths. */
export async function readEnvironments(root: Root, units: Units): Promise<Texts> {
  const paths = new Set([...units.byName.values()].flatMap((unit) => environmentsOf(unit)))
  const found = await Promise.all([...paths].map(async (path) => [path, await textAt(root, path)] as const))
  return new Map(found.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])))
}

/** The paths that `EnvironmentFile=` of a unit names, where they can be told. */
export function environmentsOf(unit: Parameters<typeof valuesOf>[0]): readonly string[] {
  return valuesOf(unit, 'Service', 'EnvironmentFile')
    .map(({ value }) => value.replace(/^-/, ''))
    .filter((path) => path.startsWith('/') && !/[%$*?[\]]/.test(path))
}
