import { resolve } from 'node:path'
import type { Declared } from '../../boot/index.ts'
import { declaredState } from '../../boot/index.ts'
import { parseInput, readData } from '../../input/index.ts'

/**
 * The declared state that `--declared FILE` names; without it a host declares nothing.
 *
 * @throws UsageError with every place that is wrong
 */
export async function declaredIn(
  command: string,
  file: string | undefined,
  { folder }: { readonly folder: string },
): Promise<Declared> {
  if (file === undefined) return declaredState.parse({})
  return parseInput(declaredState, await readData(`${command} --declared`, resolve(folder, file)), file)
}
