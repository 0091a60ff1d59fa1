import { z } from 'zod'
import { resolve } from 'node:path'
import { fingerprintsOf, loadRun } from '../../judge/index.ts'
import type { StepReport } from '../../kernel/index.ts'
import { unsettledKinds, UsageError } from '../../kernel/index.ts'
import type { RunRecord } from '../../record/index.ts'
import { createRedactor } from '../../record/index.ts'
import { reportFormat } from '../../report/index.ts'
import { slices } from '../../registry.ts'
import type { TrialPlan, WorkContext } from '../../trial/index.ts'
import { againstStep, lookAround, prepareTrial, runTrial } from '../../trial/index.ts'
import type { CliCommand } from '../command.ts'
import { demandChecks, idList } from '../only.ts'
import { collect, parseOptions } from '../parse-options.ts'
import { printRecord } from '../print-record.ts'
import { progressTo } from '../progress.ts'

const options = z.object({
  config: z.string().optional(),
  profile: z.string().default('commit'),
  only: idList,
  against: z.string().min(1).optional(),
  allow: z.array(z.enum(unsettledKinds, { error: `wanted one of ${unsettledKinds.join(', ')}` })).default([]),
  format: z.string().default('text'),
  json: z.boolean().default(false),
})

/** `seatrial run`: the main job. */
export const command: CliCommand = {
  name: 'run',
  summary: 'Try the deployment of seatrial.config.ts, or the bundled reference deployment, and give a verdict.',
  configure: (program) =>
    program
      .option('-c, --config <file>', 'configuration; seatrial.config.* here, else the reference deployment')
      .option('-p, --profile <name>', 'commit, release or nightly', 'commit')
      .option('--only <ids>', 'look only at these checks, probes or rules, separated by commas')
      .option(
        '--allow <kind>',
        `an unsettled kind that only warns (${unsettledKinds.join(', ')}); may be repeated`,
        collect,
      )
      .option(
        '--against <run>',
        'run.json, or the folder of a run, of the last release: what was found there is excused, what was good must be',
      )
      .option('-f, --format <name>', 'what to print: text, json, junit, ... (files are written all the same)', 'text')
      .option('--json', 'short for --format json')
      .addHelpText('after', help),
  async run({ options: given, io }) {
    const { config, profile, only, allow, against, format, json } = parseOptions('seatrial run', options, given)
    const told = await reportFormat(json ? 'json' : format)
    await demandChecks('seatrial run', only, slices)
    const plan = await prepareTrial({
      folder: io.workingDirectory,
      profile,
      slices,
      env: io.env,
      ...(config !== undefined && { configFile: config }),
    })
    const before = against === undefined ? undefined : await earlier(against, profile, io.workingDirectory)
    const gate = {
      ...plan.gate,
      allow: [...new Set([...plan.gate.allow, ...allow])],
      baseline: [...plan.gate.baseline, ...(before === undefined ? [] : fingerprintsOf(before))],
    }
    // A secret in an address of the configuration would be told as the name of what is looked at.
    const redact = createRedactor({ secrets: plan.secrets })
    const say = progressTo(io)
    const progress = (line: string): void => say(redact(line))
    const result = await runTrial(
      { ...plan, gate },
      {
        command: `seatrial run --profile ${profile}`,
        signal: io.signal,
        only,
        progress,
        ...(before !== undefined && { work: (trial, context) => lookAgainst(before, trial, context) }),
      },
    )
    return printRecord(told, result, io)
  },
}

/** @throws UsageError for a run that looked at something else */
async function earlier(path: string, profile: string, folder: string): Promise<RunRecord> {
  const record = await loadRun(resolve(folder, path))
  if (record.profile === profile) return record
  throw new UsageError({
    path: 'seatrial run --against',
    given: `a run of profile ${record.profile}`,
    wanted: `one of profile ${profile}, which looks at the same`,
  })
}

async function* lookAgainst(before: RunRecord, plan: TrialPlan, context: WorkContext): AsyncGenerator<StepReport> {
  const steps: StepReport[] = []
  for await (const step of lookAround(plan, context)) {
    steps.push(step)
    yield step
  }
  // Ended from outside, what was not looked at is not gone.
  if (!context.signal.aborted) yield againstStep(before, steps, context)
}

const help = `
Examples:
  seatrial run
  seatrial run --profile nightly --config deploy/seatrial.config.ts
  seatrial run --allow unsupported          a machine without a container engine only warns
  seatrial run --only http/vary-missing     one rule, everywhere
  seatrial run --against reports/2026-11-21T09-48-23Z-a1b2     this version against the one of that run

Every run leaves reports/<run>/: run.json, JUnit, SARIF, a page for the browser, logs.
Exit codes: 0 passed, 1 failed, 2 could not look, 3 the configuration or command line is wrong.
`
