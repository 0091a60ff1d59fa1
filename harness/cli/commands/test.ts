import { join, relative, resolve } from 'node:path'
import { z } from 'zod'
import type { OutcomeKind, StepReport } from '../../kernel/index.ts'
import { exitCodes, shellWord, systemClock, unsettledKinds } from '../../kernel/index.ts'
import type { RunRecord } from '../../record/index.ts'
import { createRunFolder, machineFacts, newRunId, startCostMeter } from '../../record/index.ts'
import { renderReport, reportFormats, writeReports } from '../../report/index.ts'
import { findEngine, openRun, sweepLeftovers } from '../../substrate/index.ts'
import { startRecording } from '../../trial/index.ts'
import { version } from '../../version.ts'
import { StepReporter } from '../../vitest/reporter.ts'
import { blobFolder, demandAllShards, dropBlob, parseShard } from '../../vitest/shards.ts'
import type { CliCommand, Invocation } from '../command.ts'
import { collect, parseOptions } from '../parse-options.ts'

const options = z.object({
  testNamePattern: z.string().optional(),
  project: z.array(z.string()).default([]),
  shard: z
    .string()
    .optional()
    .transform((given) => (given === undefined ? undefined : parseShard(given))),
  merge: z.union([z.string(), z.boolean()]).optional(),
  allow: z.array(z.enum(unsettledKinds, { error: `wanted one of ${unsettledKinds.join(', ')}` })).default([]),
  reports: z.string().default('reports'),
})

/** `seatrial test`: Vitest without its false greens. */
export const command: CliCommand = {
  name: 'test',
  summary: 'Run Vitest suites so that green means tested: torn down when ended, judged, and on record.',
  configure: (program) =>
    program
      .argument('[files...]', 'parts of the names of test files; all when left out')
      .option('-t, --test-name-pattern <pattern>', 'only tests whose full name matches')
      .option('--project <name>', 'only this Vitest project; may be repeated', collect)
      .option('--shard <i/n>', 'run one share of the files and leave its blob for --merge')
      .option('--merge [folder]', `judge the blobs of all shards together; ${blobFolder} when left out`)
      .option(
        '--allow <kind>',
        `an unsettled kind that only warns (${unsettledKinds.join(', ')}); may be repeated`,
        collect,
      )
      .option('--reports <folder>', 'where the run leaves its record', 'reports')
      .addHelpText('after', help),
  run: runTests,
}

const help = `
Examples:
  seatrial test
  seatrial test --project http
  seatrial test suites/http/caching.test.ts -t 'private'
  seatrial test --shard 1/3          then 2/3 and 3/3, elsewhere; gather .vitest/blob
  seatrial test --merge              fails when a shard is missing

A filter that matches no test is not green: exit code 2.
`

async function runTests({ args, options: given, io }: Invocation): Promise<0 | 1 | 2 | 3> {
  const { testNamePattern, project, shard, merge, allow, reports } = parseOptions('seatrial test', options, given)
  const root = io.workingDirectory
  const blobs = merge === undefined || merge === false ? undefined : resolve(root, merge === true ? blobFolder : merge)
  if (blobs !== undefined) await demandAllShards(blobs)
  if (shard !== undefined) await dropBlob(root, shard)

  const clock = systemClock
  const meter = startCostMeter(clock)
  const startedAt = new Date(clock.now())
  const id = newRunId(startedAt)
  const folder = await createRunFolder(resolve(root, reports), id)
  const engine = await findEngine()
  const recording = await startRecording(
    {
      version: 1,
      id,
      seatrial: version,
      command: [
        'seatrial test',
        ...args.map(shellWord),
        ...project.map((name) => `--project ${shellWord(name)}`),
        ...(testNamePattern === undefined ? [] : [`-t ${shellWord(testNamePattern)}`]),
        ...(shard === undefined ? [] : [`--shard ${shard.index}/${shard.count}`]),
      ].join(' '),
      profile: io.env['SEATRIAL_PROFILE'] ?? 'commit',
      seed: 1,
      startedAt: startedAt.toISOString(),
      machine: machineFacts(engine.found ? engine.version : null),
      gate: { block: 'error', budgets: {}, allow, accept: [], baseline: [] },
      ...(shard !== undefined && { shard }),
    },
    { folder, secrets: [] },
  )
  // Vitest settles whether it colours when it is loaded, by the environment alone.
  if (!io.colour) {
    process.env['NO_COLOR'] = '1'
    delete process.env['FORCE_COLOR']
  }
  const { runVitest } = await import('../../vitest/run-vitest.ts')
  let over = false
  const result = await inRun(async () => {
    const ran = await runVitest({
      root,
      filters: args,
      projects: project,
      reporters: [
        io.interactive ? 'default' : 'minimal',
        ...(shard === undefined ? [] : ['blob']),
        new StepReporter({
          root,
          filtered: testNamePattern !== undefined,
          onStep: (step) => void (over || recording.step(step)),
        }),
      ],
      signal: io.signal,
      ...(testNamePattern !== undefined && { namePattern: testNamePattern }),
      ...(shard !== undefined && { shard: `${shard.index}/${shard.count}` }),
      ...(blobs !== undefined && { mergeReports: blobs }),
    })
    // Workers that are ended with the run would be told as broken.
    over = true
    return ran
  })
  const interrupted = result.reason === 'interrupted'
  // Merged, what a share did not get to would count as skipped.
  if (interrupted && shard !== undefined) await dropBlob(root, shard)
  if (result.ran === 0 && !interrupted) recording.step(nothingRan(args, testNamePattern, clock.now()))
  const record = await recording.finish({
    state: interrupted ? 'interrupted' : 'complete',
    endedAt: new Date(clock.now()).toISOString(),
    cost: meter.read(),
  })
  const formats = (await reportFormats()).filter((format) => format.file !== undefined).map((format) => format.name)
  await writeReports(record, folder, formats)
  const shown = relative(root, folder)
  io.out(
    await renderReport('text', record, {
      colour: io.colour,
      columns: process.stdout.columns ?? 100,
      folder: shown.startsWith('..') ? folder : join('.', shown),
    }),
  )
  io.out(`${closingLine(record)}\n`)
  return exitCodes[record.verdict]
}

/** Workers that are killed with this process leave nothing behind: their environment names the run. */
async function inRun<T>(work: () => Promise<T>): Promise<T> {
  await sweepLeftovers()
  await using _run = await openRun()
  return await work()
}

const nothingRanId = 'test/selection'
/** Steps that are no tests. */
const reservedIds: readonly string[] = [nothingRanId, 'test/file']

function nothingRan(filters: readonly string[], pattern: string | undefined, now: number): StepReport {
  const asked = [...filters, ...(pattern === undefined ? [] : [`-t ${pattern}`])].join(' ')
  return {
    id: nothingRanId,
    subject: asked === '' ? 'all tests' : asked,
    looked: [],
    findings: [],
    unsettled: {
      because: 'prerequisite',
      why: asked === '' ? 'There is no test here.' : `No test matches ${asked}.`,
      mend: 'Mend the filter; `npx vitest list` names the tests there are.',
    },
    startedAt: now,
    durationMs: 0,
  }
}

/** The plain last line that pipelines look for. A test that could not look counts as skipped: it says nothing. */
function closingLine({ steps }: RunRecord): string {
  const tests = steps.filter(({ id }) => !reservedIds.includes(id))
  const count = (...kinds: readonly OutcomeKind[]): number =>
    tests.filter(({ outcome }) => kinds.includes(outcome.kind)).length
  return `tests: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped', 'unsettled')} skipped`
}
