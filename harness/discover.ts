import { readdir } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** A thing that was found, with the file that it stands in. */
export interface Discovered<T> {
  readonly file: string
  readonly thing: T
}

/**
 * Every export of every module in a folder that `is` what is looked for, in order of file name.
 * The folder is the list: adding a thing is adding its file. `wanted` chooses files by their names, without
 * ending, so that the others need not be loaded.
 */
export async function discover<T>(
  folder: URL,
  is: (value: unknown) => value is T,
  wanted: (name: string) => boolean = () => true,
): Promise<Discovered<T>[]> {
  // The build turns .ts into .js, so the folder is searched for the ending of this very file.
  const ending = extname(fileURLToPath(import.meta.url))
  const files = (await readdir(folder))
    .filter((name) => name.endsWith(ending) && !/\.(test|test-d|bench|d)\.[jt]s$/.test(name))
    .filter((name) => wanted(name.slice(0, -ending.length)))
    .toSorted()
  const modules = await Promise.all(
    files.map(async (name) => {
      const file = fileURLToPath(new URL(name, folder))
      const module: Record<string, unknown> = await import(pathToFileURL(file).href)
      return Object.values(module)
        .filter(is)
        .map((thing) => ({ file, thing }))
    }),
  )
  return modules.flat()
}

/** Every export of every module in a folder that has all of these properties, which make it the thing that is looked for. */
export async function discoverWith<T>(folder: URL, ...properties: readonly (keyof T & string)[]): Promise<T[]> {
  const is = (thing: unknown): thing is T =>
    typeof thing === 'object' && thing !== null && properties.every((name) => name in thing)
  return (await discover(folder, is)).map(({ thing }) => thing)
}
