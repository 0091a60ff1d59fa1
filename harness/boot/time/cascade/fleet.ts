import { SeatrialError, seededRandom } from '../../../kernel/index.ts'
import { startGroup } from '../../../substrate/index.ts'

export interface FleetOptions {
  readonly hosts: number
  /** Units of work on each host. */
  readonly units: number
  readonly agent: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly seed: number
  readonly signal: AbortSignal
}

/** As who heals sees it. `failing`: an agent did not start. `broken`: declared so, and out of service. */
export type HostState = 'starting' | 'ready' | 'failing' | 'broken'

export interface HostView {
  readonly name: string
  readonly state: HostState
  readonly units: readonly { readonly id: string; readonly state: Unit['state'] }[]
}

interface Unit {
  readonly id: string
  host: string
  state: 'starting' | 'running' | 'failed' | 'down'
  why: string
  group?: ReturnType<typeof startGroup>
}

interface Host {
  readonly name: string
  marked: boolean
  /** Nothing starts on it, whatever the date. */
  defective: boolean
}

/** Hosts of one machine: processes are their agents, and nothing else of them is real. */
export interface Fleet extends Disposable {
  readonly hosts: () => readonly HostView[]
  /** Starts the agents of a host again under a date, as after an update. */
  readonly restart: (host: string) => void
  readonly setToday: (day: string) => void
  /** From now on nothing starts on it, and what ran ends. */
  readonly breakHost: (host: string) => void
  /** Takes a host out of service; false when it is already. @throws SeatrialError for one that there is not */
  readonly declareBroken: (host: string) => boolean
  /** Starts the units of a broken host elsewhere: on the host that is named, else on any that serves. Returns how many. */
  readonly move: (host: string, to?: string) => number
  readonly running: () => number
  /** What the first agent that failed said. */
  readonly complaint: () => string | undefined
}

/** Milliseconds until an agent must have said that it is ready. */
const readyMs = 15_000

export function startFleet(today: string, options: FleetOptions): Fleet {
  const random = seededRandom(options.seed, 'fleet')
  const names = Array.from({ length: options.hosts }, (_, index) => `host-${index + 1}`)
  const hosts = new Map<string, Host>(names.map((name) => [name, { name, marked: false, defective: false }]))
  const units: Unit[] = names.flatMap((host) =>
    Array.from({ length: options.units }, (_, index) => ({ id: `${host}-${index + 1}`, host, state: 'down', why: '' })),
  )
  let day = today
  const on = (name: string): Unit[] => units.filter(({ host }) => host === name)
  const known = (name: string): Host => {
    const host = hosts.get(name)
    if (host !== undefined) return host
    throw new SeatrialError('SEATRIAL_NO_HOST', `there is no ${name}`, { mend: `Name one of ${names.join(', ')}.` })
  }
  const start = (unit: Unit): void => begin(unit, { day, defective: known(unit.host).defective, options })
  for (const unit of units) start(unit)

  return {
    hosts: () =>
      [...hosts.values()].map(({ name, marked }) => ({
        name,
        state: marked ? 'broken' : stateOf(on(name)),
        units: on(name).map(({ id, state }) => ({ id, state })),
      })),
    setToday(now) {
      day = now
    },
    restart(name) {
      for (const unit of on(known(name).name)) {
        end(unit)
        start(unit)
      }
    },
    breakHost(name) {
      known(name).defective = true
      for (const unit of on(name)) {
        end(unit)
        start(unit)
      }
    },
    declareBroken(name) {
      const host = known(name)
      if (host.marked) return false
      host.marked = true
      for (const unit of on(name)) end(unit)
      return true
    },
    move(name, to) {
      known(name)
      const serving = [...hosts.values()].filter(({ marked }) => !marked)
      if (to !== undefined && known(to).marked) return 0
      const moving = serving.length === 0 ? [] : on(name)
      for (const unit of moving) {
        unit.host = to ?? serving[Math.floor(random() * serving.length)]?.name ?? unit.host
        start(unit)
      }
      return moving.length
    },
    running: () => units.filter(({ state }) => state === 'running').length,
    complaint: () => units.find(({ state }) => state === 'failed')?.why,
    [Symbol.dispose]() {
      for (const unit of units) end(unit)
    },
  }
}

function stateOf(units: readonly Unit[]): HostState {
  if (units.some(({ state }) => state === 'failed')) return 'failing'
  return units.some(({ state }) => state === 'starting') ? 'starting' : 'ready'
}

function begin(
  unit: Unit,
  { day, defective, options }: { readonly day: string; readonly defective: boolean; readonly options: FleetOptions },
): void {
  unit.state = 'starting'
  if (defective) {
    Object.assign(unit, { state: 'failed', why: `${unit.host} is defective` })
    return
  }
  const own = { SEATRIAL_TODAY: day, SEATRIAL_HOST: unit.host, SEATRIAL_UNIT: unit.id }
  const { agent, cwd, signal } = options
  const group = startGroup(agent, { cwd, env: { ...options.env, ...own }, timeoutMs: 3_600_000, signal })
  unit.group = group
  const current = (): boolean => unit.group === group
  const fail = (why: string): void => {
    if (!current()) return
    Object.assign(unit, { state: 'failed', why })
    group.end()
  }
  const late = setTimeout(() => {
    if (unit.state === 'starting') fail(`not ready after ${readyMs} ms`)
  }, readyMs)
  let said = ''
  group.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said = `${said}${chunk}`.slice(-4_096)
    if (current() && unit.state === 'starting' && /^ready$/m.test(said)) unit.state = 'running'
  })
  let complaint = ''
  group.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint = `${complaint}${chunk}`.slice(-1_000)
  })
  void group.ended.then((how) => {
    clearTimeout(late)
    fail(how.kind === 'absent' ? how.why : complaint.trim() || 'it ended')
  })
}

function end(unit: Unit): void {
  const { group } = unit
  delete unit.group
  unit.state = 'down'
  group?.end()
}
