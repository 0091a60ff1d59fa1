import { readdirSync } from 'node:fs'
import type { Operation } from './operation.ts'

const folder = new URL('./operations/', import.meta.url)
const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'))

/** Action to the name of its file: the folder is the list of the operations. */
const files: ReadonlyMap<string, string> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith(ending) && !/\.(test|test-d|d)\.[jt]s$/.test(name))
    .map((name) => [actionOf(name.slice(0, -ending.length)), name] as const),
)
export const actions: readonly string[] = [...files.keys()].toSorted()

function actionOf(file: string): string {
  return file.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

const loaded = new Map<string, Operation>()

/** The operation of an action, loaded when it is first asked for: this keeps the start quick. */
export async function loadOperation(action: string): Promise<Operation | undefined> {
  const [there, file] = [loaded.get(action), files.get(action)]
  if (there !== undefined || file === undefined) return there
  const module: Record<string, unknown> = await import(new URL(file, folder).href)
  const found = Object.values(module).find((thing): thing is Operation => isOperation(thing) && thing.name === action)
  if (found === undefined) throw new Error(`operations/${file} exports no operation named ${action}`)
  loaded.set(action, found)
  return found
}

function isOperation(thing: unknown): thing is Operation {
  return typeof thing === 'object' && thing !== null && 'name' in thing && 'parameters' in thing && 'run' in thing
}
