import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { messageOf, UsageError } from '../kernel/index.ts'
import type { AcceptEntry } from '../record/index.ts'
import { parseInput } from '../input/index.ts'
import { acceptEntry } from '../record/index.ts'

/** The accept-list as it stands in `seatrial.accept.yaml`. */
const acceptFile = z.strictObject({
  entries: z.array(acceptEntry).meta({ description: 'What may stay, why, on whose word and until when' }),
})

/**
 * Reads an accept-list, YAML or JSON. `name` is what errors call it.
 *
 * @throws UsageError, or an AggregateError of several, such as
 *   `seatrial.accept.yaml: entries[2].expires: given "soon", wanted a date that exists, as YYYY-MM-DD`
 */
export async function loadAcceptFile(path: string, name: string = path): Promise<readonly AcceptEntry[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError({ path: name, given: 'no readable file', wanted: 'an accept-list with `entries`', cause })
  })
  return parseInput(acceptFile, await parseYaml(text, name), name).entries
}

/** JSON is YAML, so one reader does for both. */
async function parseYaml(text: string, name: string): Promise<unknown> {
  // Loaded where it is wanted: most runs have no accept-list.
  const { parseDocument } = await import('yaml')
  const document = parseDocument(text)
  const [error] = document.errors
  try {
    if (error !== undefined) throw error
    const value: unknown = document.toJS()
    return value ?? undefined
  } catch (cause) {
    const line = error?.linePos?.[0].line
    const given =
      messageOf(cause)
        .split('\n')[0]
        ?.replace(/ at line \d+.*$/, '') ?? 'broken YAML'
    throw new UsageError({
      path: line === undefined ? name : `${name}: line ${line}`,
      given,
      wanted: 'YAML or JSON that can be read',
      cause,
    })
  }
}
