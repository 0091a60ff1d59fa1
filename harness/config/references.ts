import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UsageError } from '../kernel/index.ts'
import { place } from '../record/index.ts'
import type { StackSpec } from '../stack/spec.ts'
import type { AllowList } from './allow.ts'

/** Files and folders that the stack names and that are not there, as problems of the configuration. */
export async function missingFiles(stack: StackSpec, folder: string, name: string): Promise<UsageError[]> {
  const wanted = Object.entries(stack).flatMap(([part, { build, files = {} }]) => [
    ...(build === undefined
      ? []
      : [
          {
            path: ['stack', part, 'build'],
            given: build,
            file: join(build, 'Dockerfile'),
            what: 'a folder with a Dockerfile',
          },
        ]),
    ...Object.entries(files).map(([inside, file]) => ({
      path: ['stack', part, 'files', inside],
      given: file,
      file,
      what: 'a file or folder',
    })),
  ])
  const missing = await Promise.all(
    wanted.map(async ({ path, given, file, what }) => {
      if (await exists(resolve(folder, file))) return []
      const looked = `${what} (looked for ${resolve(folder, file)})`
      return [new UsageError({ path: place(name, path), given: JSON.stringify(given), wanted: looked })]
    }),
  )
  return missing.flat()
}

/**
 * Addresses under a key `url`, wherever in the plan, that traffic may not go to. A field that
 * the trial visits is named `url`, in the stack and in every section.
 */
export function refusedUrls(plan: Readonly<Record<string, unknown>>, allow: AllowList, name: string): UsageError[] {
  return urlsIn(plan, []).flatMap(({ path, url }) => {
    try {
      allow(url)
      return []
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      const { given, wanted, mend } = error
      return [new UsageError({ path: place(name, path), given, wanted, mend })]
    }
  })
}

function urlsIn(
  value: unknown,
  path: readonly PropertyKey[],
): { readonly path: readonly PropertyKey[]; readonly url: URL }[] {
  if (typeof value === 'string') {
    const url = path.at(-1) === 'url' ? URL.parse(value) : null
    return url === null ? [] : [{ path, url }]
  }
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => urlsIn(item, [...path, index]))
  return Object.entries(value).flatMap(([key, inside]) => urlsIn(inside, [...path, key]))
}

/** True when something is at the path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
