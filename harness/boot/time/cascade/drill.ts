import { delimiter, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isSeatrialError, seededRandom, SeatrialError, systemClock, waitFor } from '../../../kernel/index.ts'
import { startGroup } from '../../../substrate/index.ts'
import type { ControlPlane } from './control-plane.ts'
import { openControlPlane } from './control-plane.ts'
import type { Fleet } from './fleet.ts'
import { startFleet } from './fleet.ts'
import type { CascadeEntry } from './section.ts'
import type { CascadeSeen } from './seen.ts'

export interface CascadeOptions {
  /** Where words of a command that begin with ./ begin. */
  readonly baseFolder: string
  readonly seed: number
  readonly signal: AbortSignal
  readonly progress: (line: string) => void
}

const ownAgent = fileURLToPath(new URL('../../../../fixtures/boot/healing/agent.sh', import.meta.url))

/**
 * An ordinary day first: one host breaks, and its work must run elsewhere, because healing that heals nothing shows
 * nothing. Then, on other hosts, the day on which no agent starts: one host is restarted, and healing sees it fail.
 *
 * @throws SeatrialError when it heals nothing on the ordinary day, or agents start on the day on which they must not
 */
export async function cascade(entry: CascadeEntry, options: CascadeOptions): Promise<CascadeSeen> {
  await ordinaryDay(entry, options)
  options.progress(`${entry.name}: heals one broken host; now agents fail on ${entry.date}`)
  return dayOfFailure(entry, options)
}

async function ordinaryDay(entry: CascadeEntry, options: CascadeOptions): Promise<void> {
  const { name, ordinary, hosts, units, timeoutSeconds } = entry
  using fleet = await runningFleet(entry, options)
  await using plane = await openControlPlane(fleet)
  fleet.breakHost(oneOf(fleet, options.seed, 'ordinary'))
  using healing = startHealing(entry, plane, ordinary, options)
  const all = hosts * units
  const look = () => {
    const [running, marked] = [fleet.running(), plane.marked().length]
    const seen = `${marked} hosts declared broken, ${running} of ${all} units running${healing.gone() ? `; it has ended: ${healing.said()}` : ''}`
    return marked === 1 && running === all ? { done: true } : { seen }
  }
  try {
    await waitFor('the work of a broken host to run elsewhere', look, {
      deadlineMs: timeoutSeconds * 1_000,
      signal: options.signal,
    })
  } catch (error) {
    if (!isSeatrialError(error) || error.code !== 'SEATRIAL_WAIT_DEADLINE') throw error
    throw new SeatrialError('SEATRIAL_HEALS_NOTHING', `${name} does not heal one broken host on ${ordinary}`, {
      mend: 'Let it declare a failing host broken and move its work; GET $SEATRIAL_FLEET/hosts tells which one fails.',
      because: 'prerequisite',
      cause: error,
    })
  }
}

async function dayOfFailure(entry: CascadeEntry, options: CascadeOptions): Promise<CascadeSeen> {
  const { date, hosts, units, threshold, timeoutSeconds } = entry
  const { seed, signal } = options
  using fleet = await runningFleet(entry, options)
  await using plane = await openControlPlane(fleet)
  fleet.setToday(date)
  await failOne(fleet, oneOf(fleet, seed, 'first'), { date, signal })
  using healing = startHealing(entry, plane, date, options)
  const look = (): { done: CascadeSeen['end'] } | { seen: string } => {
    if (plane.asked() !== undefined) return { done: 'asked' }
    if (plane.marked().length === hosts) return { done: 'all-marked' }
    return healing.gone() ? { done: 'gone' } : { seen: `${plane.marked().length} hosts declared broken` }
  }
  const end = await waitFor('healing to stop', look, { deadlineMs: timeoutSeconds * 1_000, signal }).catch(
    (error: unknown): 'deadline' => {
      if (isSeatrialError(error) && error.code === 'SEATRIAL_WAIT_DEADLINE') return 'deadline'
      throw error
    },
  )
  // Healing that has stopped lets a host fail that it would have declared broken before.
  const next = plane.asked() === undefined ? undefined : serving(fleet)[0]
  if (next !== undefined) {
    await failOne(fleet, next, { date, signal })
    await systemClock.pause(entry.quietSeconds * 1_000, signal)
  }
  const [marked, asked] = [plane.marked(), plane.asked()]
  return {
    date,
    hosts,
    units,
    threshold,
    marked,
    markedAfterStop: asked === undefined ? [] : marked.slice(asked.after),
    asked: asked?.why,
    lost: hosts * units - fleet.running(),
    failing: fleet
      .hosts()
      .filter(({ state }) => state === 'failing')
      .map(({ name }) => name),
    end,
  }
}

/** A fleet on an ordinary day, with everything running. */
async function runningFleet(entry: CascadeEntry, { baseFolder, seed, signal }: CascadeOptions): Promise<Fleet> {
  const { hosts, units, ordinary } = entry
  const agent = entry.agent === undefined ? (['sh', ownAgent] as const) : commandOf(entry.agent, baseFolder)
  const fleet = startFleet(ordinary, { hosts, units, agent, env: environment(entry), cwd: baseFolder, seed, signal })
  const all = hosts * units
  try {
    await waitFor(
      `${all} agents to be ready on ${ordinary}`,
      () => {
        const complaint = fleet.complaint()
        if (fleet.running() === all) return { done: true }
        return { seen: `${fleet.running()} ready${complaint === undefined ? '' : `; one says: ${complaint}`}` }
      },
      {
        deadlineMs: 30_000,
        signal,
        mend: 'Let the agent print a line "ready" and stay, or name a day on which it does.',
      },
    )
    return fleet
  } catch (error) {
    fleet[Symbol.dispose]()
    throw error
  }
}

/** Restarts a host, whose agents must fail. */
async function failOne(
  fleet: Fleet,
  host: string,
  { date, signal }: { readonly date: string; readonly signal: AbortSignal },
): Promise<void> {
  fleet.restart(host)
  const state = await waitFor(
    `the agents of ${host} to start or fail on ${date}`,
    () => {
      const now = fleet.hosts().find(({ name }) => name === host)?.state
      return now === undefined || now === 'starting' ? { seen: 'they start' } : { done: now }
    },
    { deadlineMs: 30_000, signal },
  )
  if (state !== 'ready') return
  throw new SeatrialError(
    'SEATRIAL_NOTHING_FAILS',
    `the agents start on ${date}, so that there is no cascade to stop`,
    {
      mend: 'Name a date on which they fail, or leave "agent" out: ours fails on 29 February.',
      because: 'prerequisite',
    },
  )
}

const serving = (fleet: Fleet): string[] =>
  fleet
    .hosts()
    .filter(({ state }) => state === 'ready')
    .map(({ name }) => name)

function oneOf(fleet: Fleet, seed: number, purpose: string): string {
  const names = serving(fleet)
  return names[Math.floor(seededRandom(seed, purpose)() * names.length)] ?? 'host-1'
}

interface Healing extends Disposable {
  readonly gone: () => boolean
  /** The end of what it wrote. */
  readonly said: () => string
}

function startHealing(
  entry: CascadeEntry,
  plane: ControlPlane,
  today: string,
  { baseFolder, signal }: CascadeOptions,
): Healing {
  const own = { SEATRIAL_FLEET: plane.url, SEATRIAL_THRESHOLD: String(entry.threshold), SEATRIAL_TODAY: today }
  // Its time is that of the day; the group's own limit is only for what outlives even that.
  const timeoutMs = entry.timeoutSeconds * 2_000 + 60_000
  const group = startGroup(commandOf(entry.controller, baseFolder), {
    cwd: baseFolder,
    env: { ...environment(entry), ...own },
    timeoutMs,
    signal,
  })
  let [gone, said] = [false, '']
  for (const stream of [group.stdout, group.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said = `${said}${chunk}`.slice(-1_000)
    })
  }
  void group.ended.then((end) => {
    gone = true
    if (end.kind === 'absent') said = end.why
  })
  return { gone: () => gone, said: () => said.trim() || 'without a word', [Symbol.dispose]: group.end }
}

/** The configuration's own files by their whole paths. */
function commandOf(
  [program, ...args]: readonly [string, ...string[]],
  baseFolder: string,
): readonly [string, ...string[]] {
  const whole = (word: string): string => (/^\.\.?\//.test(word) ? resolve(baseFolder, word) : word)
  return [whole(program), ...args.map(whole)]
}

/** Nothing of ours but where programs are, and the Node that runs this before any other. */
function environment({ env }: CascadeEntry): Record<string, string> {
  const { PATH = '', LANG = 'C.UTF-8' } = process.env
  return { PATH: [dirname(process.execPath), PATH].join(delimiter), LANG, NO_COLOR: '1', ...env }
}
