import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { serveEndpoint } from '../endpoints/index.ts'
import { UsageError } from '../kernel/index.ts'
import type { Ended } from './run-process.ts'
import { runProcess } from './run-process.ts'
import type { Broken, Things } from './second-look.ts'
import { beyond, brokenPromises, inventory } from './second-look.ts'
import type { Job } from './section.ts'
import type { Variables } from './variables.ts'
import { filledAsk, filledValues } from './variables.ts'
import type { Exercise, Trouble, Workshop } from './workshop.ts'
import { openWorkshop, since } from './workshop.ts'

export interface TryOptions {
  /** Folder of the configuration: where `./` in a command begins. */
  readonly baseFolder: string
  readonly random: number
  readonly signal: AbortSignal
}

/** One run of a job, as it was seen from outside and by a second look at the endpoint. */
export interface Run extends Ended {
  readonly exercise: Exercise
  /** Asked only of a job that says that all went well. */
  readonly broken: readonly Broken[]
  /** What it made that is still there. */
  readonly left: readonly Things[]
}

/**
 * Runs a job once against an endpoint of its own, under a trouble or in calm, and looks afterwards what became of it.
 *
 * @throws UsageError for what the endpoint refuses, and for a `before` that finds nothing
 */
export async function tryJob(job: Job, trouble: Trouble | undefined, options: TryOptions): Promise<Run> {
  const workshop = await openWorkshop(job, trouble, options.random)
  const variables = await prepare(job, workshop)
  const there = await inventory(job, workshop)
  const earlier = workshop.endpoint.coverage()
  await workshop.arm()
  const ended = await work(job, workshop, variables, options)
  const exercise = since(earlier, workshop.endpoint.coverage())
  await workshop.disarm()
  const claims = ended.end.kind === 'exit' && ended.end.code === 0
  const broken = claims ? await brokenPromises(job, workshop, variables, ended.stdout) : []
  const left = beyond(await inventory(job, workshop), there)
  return { ...ended, exercise, broken, left }
}

/** How often a request is made again that is refused because what it needs is still under way. */
const attempts = 10

/** Makes what the job expects to find, and keeps the names that it needs. */
async function prepare(job: Job, workshop: Workshop): Promise<Variables> {
  const variables: Record<string, string> = {}
  for (const [index, { keeps, ...ask }] of job.before.entries()) {
    let answer = await workshop.ask(filledAsk(ask, variables))
    for (let attempt = 1; answer.status >= 400 && attempt < attempts; attempt++) {
      // Looking is what makes time pass for a clock of polls.
      await inventory(job, workshop)
      answer = await workshop.ask(filledAsk(ask, variables))
    }
    const path = `provisioning.jobs: ${job.name}: before[${index}]`
    const heard = `${answer.status} ${answer.text.replaceAll(/\s+/g, ' ').slice(0, 400)}`
    if (answer.status >= 400)
      throw new UsageError({ path, given: `a request that is refused: ${heard}`, wanted: 'one that is not' })
    for (const [name, pattern] of Object.entries(keeps)) {
      const match = new RegExp(pattern, 'm').exec(answer.text)
      const value = match?.[1] ?? match?.[0]
      if (value === undefined) {
        throw new UsageError({
          path: `${path}.keeps.${name}`,
          given: `/${pattern}/`,
          wanted: `what is in the answer: ${heard}`,
        })
      }
      variables[name] = value
    }
  }
  return variables
}

async function work(job: Job, workshop: Workshop, variables: Variables, options: TryOptions): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-job-'))
  try {
    await using server = await serveEndpoint(workshop.endpoint)
    const files = filledValues(job.files, variables)
    for (const [name, content] of Object.entries(files)) {
      const file = join(folder, name)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content)
    }
    return await runProcess(commandOf(job, options.baseFolder), {
      cwd: folder,
      env: {
        ...environment(folder),
        SEATRIAL_ENDPOINT_URL: server.url,
        ...workshop.kind.environment(server.url, { seed: workshop.seed, region: job.region }),
        ...variables,
        ...filledValues(job.env, variables),
      },
      timeoutMs: job.timeoutSeconds * 1_000,
      signal: options.signal,
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The configuration's own files by their whole paths, because the job works in a folder of its own. */
function commandOf({ command: [program, ...args] }: Job, baseFolder: string): [string, ...string[]] {
  const whole = (word: string): string => (/^\.\.?\//.test(word) ? resolve(baseFolder, word) : word)
  return [whole(program), ...args.map(whole)]
}

/** Nothing of ours but where programs are, and the Node that runs this before any other. */
function environment(home: string): Record<string, string> {
  const { PATH = '', LANG = 'C.UTF-8' } = process.env
  return {
    PATH: [dirname(process.execPath), PATH].join(delimiter),
    LANG,
    // No configuration and no credentials of whoever runs this.
    HOME: home,
    TMPDIR: home,
    NO_COLOR: '1',
  }
}
