import { writeFile } from 'node:fs/promises'
import { extname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { CachesSection } from '../../caches/index.ts'
import { caches, expectedText, readReasons, stepsOf, surveyTargets } from '../../caches/index.ts'
import type { StepReport } from '../../kernel/index.ts'
import { exitCodes, UsageError } from '../../kernel/index.ts'
import { reportFormat } from '../../report/index.ts'
import type { WorkContext } from '../../trial/index.ts'
import { prepareTrial, runTrial } from '../../trial/index.ts'
import { listCases } from '../caches/list-cases.ts'
import { pickProducts } from '../caches/pick-products.ts'
import type { CliCommand, Invocation } from '../command.ts'
import { demandChecks, idList } from '../only.ts'
import { parseOptions } from '../parse-options.ts'
import { printRecord } from '../print-record.ts'
import { progressTo } from '../progress.ts'

const options = z.object({
  config: z.string().optional(),
  only: idList,
  list: z.boolean().default(false),
  format: z.string().default('text'),
  json: z.boolean().default(false),
  writeExpected: z.boolean().default(false),
})

// The package carries configurations compiled, so they are searched for with the ending of this very file.
const every = fileURLToPath(
  new URL(`../../../fixtures/caches/every.config${extname(fileURLToPath(import.meta.url))}`, import.meta.url),
)

/** `seatrial caches`: one practice alone, on the caches that there are images for, or on your own. */
export const command: CliCommand = {
  name: 'caches',
  summary: 'Try how HTTP caches keep RFC 9111, and compare with what each is known to do otherwise.',
  configure: (program) =>
    program
      .argument('[product...]', 'targets of the configuration, such as nginx or varnish; all when left out')
      .option(
        '-c, --config <file>',
        'configuration with a section "caches"; that of the bundled products when left out',
      )
      .option('--only <ids>', 'cases or topics, separated by commas: caches/vary, caches/age-generated')
      .option('--list', 'list the cases')
      .option('-f, --format <name>', 'what to print: text, json, junit, ...', 'text')
      .option('--json', 'print data instead of text')
      .option('--write-expected', 'write what was seen into the files of known deviations')
      .addHelpText('after', help),
  run: runCaches,
}

const help = `
Examples:
  seatrial caches nginx
  seatrial caches varnish --only caches/vary
  seatrial caches --list --only caches/stale
  seatrial caches squid --write-expected     the deviations of now become the known ones: read the difference

With a file of known deviations only a difference fails: exit code 1. A case that could not be judged, and is not
listed so, ends in 2.
`

async function runCaches({ args, options: given, io }: Invocation): ReturnType<CliCommand['run']> {
  const { config, only, list, format, json, writeExpected } = parseOptions('seatrial caches', options, given)
  await demandChecks('seatrial caches', only, [caches])
  if (list) {
    io.out(await listCases(only, json))
    return exitCodes.passed
  }
  if (writeExpected && only.length > 0) {
    // The file says what is known of all cases; a few of them cannot write it.
    throw new UsageError({ path: 'seatrial caches --write-expected', given: '--only beside it', wanted: 'all cases' })
  }
  const told = await reportFormat(json ? 'json' : format)
  const prepared = await prepareTrial({
    folder: io.workingDirectory,
    configFile: config ?? every,
    profile: 'commit',
    slices: [caches],
    env: io.env,
  })
  const { plan, section } = pickProducts(prepared, args)
  const result = await runTrial(plan, {
    command: ['seatrial caches', ...args].join(' '),
    signal: io.signal,
    only,
    progress: progressTo(io),
    ...(writeExpected && { work: (_plan, context) => writing(context, section) }),
  })
  return printRecord(told, result, io)
}

/** Looks at every target, and lets its file of known deviations say what was seen. */
async function* writing(context: WorkContext, section: CachesSection): AsyncGenerator<StepReport> {
  for (const one of section.targets) {
    const { expect, ...unexpected } = one
    if (expect === undefined) {
      throw new UsageError({
        path: `caches.targets: ${one.cache}`,
        given: 'no file to write',
        wanted: 'expect: a path',
      })
    }
    const file = resolve(context.baseFolder, expect)
    const before = await readReasons(file)
    for await (const seen of surveyTargets({ ...context, section: { ...section, targets: [unexpected] } })) {
      const { text, deviations } = expectedText(one.cache, seen.surveyed, before)
      await writeFile(file, text)
      context.progress(`wrote ${relative(process.cwd(), file)}: ${deviations.size} deviations`)
      yield* stepsOf(seen.surveyed, { ...seen, product: one.cache, expected: deviations })
    }
  }
}
