import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { fingerprint, messageOf, UsageError } from '../kernel/index.ts'
import type { RunRecord } from '../record/index.ts'
import { parseInput } from '../input/index.ts'
import { writeAtomically } from '../record/index.ts'

/** Findings that were there before, so that only what is new blocks. */
const baselineFile = z.strictObject({
  version: z.literal(1),
  run: z.string().meta({ description: 'Id of the run that it was taken from' }),
  fingerprints: z.array(z.string()).meta({ description: 'Rule, place and subject of every finding' }),
})

/** The fingerprints of a run: all that is not good news and not on the accept-list, which has dates of its own. */
export function fingerprintsOf(record: Pick<RunRecord, 'steps'>): string[] {
  const findings = record.steps.flatMap((step) => step.findings)
  const old = findings.filter(({ level, excuse }) => level !== 'good' && excuse?.kind !== 'accepted')
  return [...new Set(old.map((finding) => fingerprint(finding.subject, finding)))].toSorted()
}

/**
 * Reads the fingerprints of a baseline. `name` is what errors call the file.
 *
 * @throws UsageError, or an AggregateError of several
 */
export async function readBaseline(path: string, name: string = path): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError({
      path: name,
      given: 'no readable file',
      wanted: 'a baseline',
      mend: 'Write one with `seatrial judge <run> --write-baseline <file>`.',
      cause,
    })
  })
  let input: unknown
  try {
    input = JSON.parse(text)
  } catch (cause) {
    const given = `text that is not JSON: ${messageOf(cause)}`
    throw new UsageError({ path: name, given, wanted: 'a baseline as JSON', cause })
  }
  return parseInput(baselineFile, input, name).fingerprints
}

/** Writes the findings of a run as a baseline, sorted, so that a change of it reads well in review. */
export async function writeBaseline(path: string, record: RunRecord): Promise<void> {
  const content: z.infer<typeof baselineFile> = { version: 1, run: record.id, fingerprints: fingerprintsOf(record) }
  await writeAtomically(path, `${JSON.stringify(content, undefined, 2)}\n`)
}
