import { readFile } from 'node:fs/promises'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { messageOf, nearest, UsageError } from '../kernel/index.ts'
import type { Surveyed } from './survey.ts'

const deviation = z.strictObject({
  case: z.string(),
  outcome: z.enum(['failed', 'unsettled']),
  reason: z.string().min(1),
})

const file = z.strictObject({ product: z.string().optional(), deviations: z.array(deviation) })

/** A case that is known to end otherwise with one product, and why. */
export type Deviation = z.infer<typeof deviation>

/**
 * Reads the known deviations of a product.
 *
 * @throws UsageError when there is no such file, it has another form, or it names a case that does not exist
 */
export async function readExpected(path: string, cases: readonly string[]): Promise<ReadonlyMap<string, Deviation>> {
  const given = await readYaml(path)
  const read = file.safeParse(given)
  if (!read.success) {
    const [issue] = read.error.issues
    const where = `${path}: ${issue?.path.join('.') ?? ''}`
    throw new UsageError({ path: where, given: 'something else', wanted: issue?.message ?? 'a list of deviations' })
  }
  const { deviations } = read.data
  const known = new Map(deviations.map((one) => [one.case, one]))
  for (const [index, one] of deviations.entries()) {
    const path_ = `${path}: deviations.${index}.case`
    if (known.get(one.case) !== one) throw new UsageError({ path: path_, given: one.case, wanted: 'each case once' })
    if (cases.includes(one.case)) continue
    const near = nearest(one.case, cases)
    throw new UsageError({
      path: path_,
      given: one.case,
      wanted: 'a case that exists',
      mend: near === undefined ? 'See `seatrial caches --list`.' : `Did you mean ${near}?`,
    })
  }
  return known
}

/** The text of a file that expects what was surveyed. Reasons that were there before stay. */
export function expectedText(
  product: string,
  surveyed: readonly Surveyed[],
  before: ReadonlyMap<string, Deviation>,
): { readonly text: string; readonly deviations: ReadonlyMap<string, Deviation> } {
  const deviations = surveyed.flatMap(({ subject, outcome }): Deviation[] => {
    if (outcome.kind === 'passed') return []
    const was = before.get(subject.id)
    const seen = outcome.kind === 'failed' ? `${outcome.seen}, where ${outcome.wanted} was wanted` : outcome.why
    const reason = was?.outcome === outcome.kind ? was.reason : timeless(seen)
    return [{ case: subject.id, outcome: outcome.kind, reason }]
  })
  const head = `# What ${product} is known to do otherwise, as fixtures/caches/${product} configures it. Only a difference
# from this fails. Written by \`seatrial caches ${product} --write-expected\`; reasons that are written by hand stay.
`
  const text = `${head}${stringify({ product, deviations }, { lineWidth: 0, singleQuote: true })}`
  return { text, deviations: new Map(deviations.map((one) => [one.case, one])) }
}

/** Without what is another at every run, so that the file changes only when the cache does. */
function timeless(seen: string): string {
  return seen
    .replaceAll(/[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT/g, '(a date)')
    .replaceAll(/\/[a-z0-9]+-\d+\.\d+/g, '(the path)')
}

/** The deviations of a file that may not be there yet, or may name cases that are no more. */
export async function readReasons(path: string): Promise<ReadonlyMap<string, Deviation>> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  const read = file.safeParse(text === undefined ? undefined : parse(text))
  return new Map(read.success ? read.data.deviations.map((one) => [one.case, one]) : [])
}

async function readYaml(path: string): Promise<unknown> {
  try {
    return parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new UsageError({ path, given: messageOf(error), wanted: 'a file of known deviations', cause: error })
  }
}
