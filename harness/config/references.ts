import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { nearest, UsageError } from '../kernel/index.ts'
import { place } from '../input/index.ts'
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
  return textsUnder('url', plan).flatMap(({ path, text }) => {
    const url = URL.parse(text)
    if (url === null) return []
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

/** Names under a key `in`, wherever in the sections, of parts that the stack does not have. */
export function unknownParts(
  sections: Readonly<Record<string, unknown>>,
  parts: readonly string[],
  name: string,
): UsageError[] {
  return textsUnder('in', sections).flatMap(({ path, text }) => {
    if (parts.includes(text)) return []
    const near = nearest(text, parts)
    return [
      new UsageError({
        path: place(name, path),
        given: JSON.stringify(text),
        wanted: parts.length === 0 ? 'a part of the stack, which has none' : `a part of the stack: ${parts.join(', ')}`,
        ...(near === undefined ? {} : { mend: `Did you mean "${near}"?` }),
      }),
    ]
  })
}

interface Text {
  readonly path: readonly PropertyKey[]
  readonly text: string
}

/** Every text that stands under the key, however deep. */
function textsUnder(wanted: string, value: unknown, path: readonly PropertyKey[] = []): Text[] {
  if (typeof value === 'string') return path.at(-1) === wanted ? [{ path, text: value }] : []
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => textsUnder(wanted, item, [...path, index]))
  return Object.entries(value).flatMap(([key, inside]) => textsUnder(wanted, inside, [...path, key]))
}

/** True when something is at the path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
