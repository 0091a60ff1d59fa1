import { z } from 'zod'
import { exitCodes, UsageError } from '../../kernel/index.ts'
import { faultNames, pickJobs, provisioningSection } from '../../provisioning/index.ts'
import { slices } from '../../registry.ts'
import { reportFormat } from '../../report/index.ts'
import { prepareTrial, runTrial } from '../../trial/index.ts'
import type { CliCommand, Invocation } from '../command.ts'
import { outcomeTable } from '../jobs/outcome-table.ts'
import { idList } from '../only.ts'
import { parseOptions } from '../parse-options.ts'
import { printRecord } from '../print-record.ts'
import { progressTo } from '../progress.ts'

const options = z.object({
  config: z.string().optional(),
  profile: z.string().default('commit'),
  fault: idList,
  calm: z.boolean().default(false),
  list: z.boolean().default(false),
  format: z.string().default('text'),
  json: z.boolean().default(false),
})

/** `seatrial jobs`: one practice alone, on some of its jobs under some of their faults. */
export const command: CliCommand = {
  name: 'jobs',
  summary: 'Try provisioning scripts against a mocked cloud that has a bad day: survived, failed loudly, or lied.',
  configure: (program) =>
    program
      .argument('[job...]', 'jobs of the section "provisioning"; all when left out')
      .option('-c, --config <file>', 'configuration with a section "provisioning"; seatrial.config.* here')
      .option('-p, --profile <name>', 'commit, release or nightly', 'commit')
      .option('--fault <names>', 'only under these faults, separated by commas')
      .option('--calm', 'only with nothing wrong')
      .option('--list', 'list the jobs and their faults, and run nothing')
      .option('-f, --format <name>', 'what to print: text, json, junit, ...', 'text')
      .option('--json', 'print data instead of text')
      .addHelpText('after', help),
  run: runJobs,
}

const help = `
Examples:
  seatrial jobs --list
  seatrial jobs backup
  seatrial jobs backup --fault snapshot-error,answer-lost
  seatrial jobs backup --calm        does it do its work at all?

Every run of a job gets an endpoint of its own on loopback and finds its address and its credentials in the
environment: SEATRIAL_ENDPOINT_URL, AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_EC2_METADATA_SERVICE_ENDPOINT, ...
A job that ends with 0 although a promise of it is broken has lied: exit code 1.
`

async function runJobs({ args, options: given, io }: Invocation): ReturnType<CliCommand['run']> {
  const { config, profile, fault, calm, list, format, json } = parseOptions('seatrial jobs', options, given)
  if (calm && fault.length > 0) {
    throw new UsageError({ path: 'seatrial jobs --calm', given: '--fault beside it', wanted: 'one of the two' })
  }
  const told = await reportFormat(json ? 'json' : format)
  const plan = await prepareTrial({
    folder: io.workingDirectory,
    profile,
    slices,
    env: io.env,
    ...(config !== undefined && { configFile: config }),
  })
  const faults = calm ? [] : fault.length === 0 ? undefined : fault
  const practice = plan.practices.find(({ slice }) => slice.id === 'provisioning')
  if (practice === undefined) {
    throw new UsageError({
      path: `seatrial jobs --config ${config ?? ''}`.trim(),
      given: 'no section provisioning',
      wanted: 'provisioning: { jobs: [...] }',
      mend: 'Name a configuration with jobs, or add the section.',
    })
  }
  const section = pickJobs(provisioningSection.parse(practice.section), { jobs: args, faults })
  if (list) {
    const jobs = section.jobs.map((job) => ({ name: job.name, endpoint: job.endpoint, faults: faultNames(job) }))
    const line = ({ name, endpoint, faults: all }: (typeof jobs)[number]): string =>
      `${name} (${endpoint}): ${all.join(', ')}\n`
    io.out(json ? `${JSON.stringify(jobs, undefined, 2)}\n` : jobs.map(line).join(''))
    return exitCodes.passed
  }
  const result = await runTrial(
    // The endpoints are all that jobs need: nothing of the deployment is started.
    { ...plan, stack: {}, practices: [{ ...practice, section }] },
    { command: ['seatrial jobs', ...args].join(' '), signal: io.signal, progress: progressTo(io) },
  )
  if (told.name === 'text') io.out(outcomeTable(result.record.steps, process.stdout.columns ?? 100))
  return printRecord(told, result, io)
}
