import type { Clock } from '../../kernel/index.ts'
import { SeatrialError, waitFor } from '../../kernel/index.ts'
import type { FileContent, RunScope } from '../../substrate/index.ts'
import type { BalancerKind, Counters, PoolServer, Setup } from '../kinds/kind.ts'
import type { Target } from '../section.ts'
import type { Balancer } from './balancer.ts'
import { startBalancer } from './balancer.ts'
import { askText } from './ask-text.ts'
import type { Arrivals, Behaviour } from './peers.ts'
import type { Room } from './room.ts'
import type { Visitor, VisitorOptions } from './visitor.ts'
import { visitor } from './visitor.ts'
import type { Front, Way } from './way.ts'

/** One balancer with its echo servers: what a probe of this practice asks, and what it may break. */
export interface Bench extends AsyncDisposable {
  readonly target: Target
  readonly expect: Target['expect']
  readonly kind: BalancerKind
  readonly setup: Setup
  readonly baseline: readonly number[] | undefined
  readonly balancer: Balancer
  readonly front: Front
  readonly way: Way
  /** An address of the network that nobody has. */
  readonly freeAddress: () => string
  /** A second balancer of the same configuration, in front of the same servers. */
  readonly twin: () => Promise<Balancer>
  /** The servers that answer at the path of the target, in the order of the configuration. */
  readonly servers: () => Promise<readonly PoolServer[]>
  /** A visitor of the target's path, with one connection. */
  readonly visitor: (options?: VisitorChoice) => Visitor
  /** Lets servers behave so, by their ids; others as at the beginning. */
  readonly behave: (behaviours: Readonly<Record<string, Behaviour>>) => Promise<void>
  /** What servers saw since `forget`, by their ids. */
  readonly seen: () => Promise<ReadonlyMap<string, Arrivals>>
  readonly forget: () => Promise<void>
  /** @throws SeatrialError `SEATRIAL_NO_COUNTERS` (unsettled: unsupported) for a kind without */
  readonly counters: () => Promise<Counters>
  /** All servers well, and a balancer that remembers nothing. */
  readonly calm: () => Promise<void>
  readonly signal: AbortSignal
  readonly clock: Clock
}

/** What a visitor does otherwise than the target says. */
export interface VisitorChoice extends Partial<VisitorOptions> {
  readonly front?: Front
}

export interface BenchContext {
  readonly room: Room
  readonly run: RunScope
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly progress: (line: string) => void
}

/** A target with its files as they are to be tried: read, and changed where a mutant says so. */
export interface Loaded {
  readonly target: Target
  readonly kind: BalancerKind
  readonly setup: Setup
  readonly files: Readonly<Record<string, FileContent>>
  /** Milliseconds of answers of an earlier release. */
  readonly baseline?: readonly number[]
}

let benches = 0

/** @throws SeatrialError `SEATRIAL_NO_LISTENER` (unsettled: setup), and as `startBalancer` */
export async function openBench(loaded: Loaded, context: BenchContext): Promise<Bench> {
  const { target, kind, setup, files } = loaded
  const { room, signal, clock } = context
  // Taken before anything is waited for: others are opened at the same time.
  const number = ++benches
  const prefix = `${number}:`
  const names = setup.servers.map(({ id }) => `${prefix}${id}`)
  const ports = await room.peers.open(names)
  await using stack = new AsyncDisposableStack()
  stack.defer(() => room.peers.close(names))
  const address = ({ id }: PoolServer) => ({ host: room.way.address, port: ports.get(`${prefix}${id}`) ?? 0 })
  const made = setup.certificates.filter((path) => files[path] === undefined).map((path) => [path, room.certificate])
  const spec = {
    name: `balancer-${number}`,
    kind,
    image: target.image,
    listeners: setup.listeners,
    files: { ...Object.fromEntries(made), ...files, ...setup.adapted(address) },
    sysctls: target.sysctls,
    network: room.network,
    // An address is taken by whoever may change addresses, and nobody else needs to.
    capabilities: [
      ...(target.expect.takeover === undefined ? [] : ['NET_ADMIN', 'NET_RAW']),
      // The memory of other users' processes is told to who may trace them.
      ...(target.expect.workers?.memory === undefined ? [] : ['SYS_PTRACE']),
    ],
  }
  const balancer = stack.use(await startBalancer(spec, context))
  const front = frontOf(target, setup, balancer.host)
  const own = (id: string): string => id.slice(prefix.length)
  const open = ({ front: asked = front, ...options }: VisitorChoice = {}): Visitor => {
    const { host, path } = target
    const inner = visitor(room.way, asked, { host, path, ...options })
    return {
      ...inner,
      async ask(visit) {
        const answer = await inner.ask(visit)
        return answer.server === undefined ? answer : { ...answer, server: own(answer.server) }
      },
      [Symbol.dispose]: () => inner[Symbol.dispose](),
    }
  }
  const bench: Omit<Bench, typeof Symbol.asyncDispose> = {
    target,
    expect: target.expect,
    kind,
    setup,
    baseline: loaded.baseline,
    balancer,
    front,
    way: room.way,
    freeAddress: room.freeAddress,
    twin: () => startBalancer({ ...spec, name: `${spec.name}-twin` }, context),
    signal,
    clock,
    visitor: open,
    async servers() {
      const pool = target.pool ?? (await poolAt(open, signal, target.path))
      return setup.servers.filter((server) => server.pool === pool)
    },
    behave: (behaviours) =>
      room.peers.behave(Object.fromEntries(setup.servers.map(({ id }) => [`${prefix}${id}`, behaviours[id] ?? {}]))),
    async seen() {
      return new Map(Object.entries(await room.peers.seen(names)).map(([name, saw]) => [own(name), saw]))
    },
    forget: () => room.peers.forget(names),
    async counters() {
      if (kind.counters === undefined) {
        throw new SeatrialError('SEATRIAL_NO_COUNTERS', `${kind.title} tells no counters of its queues and servers`, {
          mend: 'Leave this expectation out for it.',
          because: 'unsupported',
        })
      }
      const { port, command, read } = kind.counters
      return read(await askText(room.way, { host: balancer.host, port, tls: false }, command))
    },
    async calm() {
      await bench.behave({})
      const { exitCode, complaints } = balancer.tested
      if (exitCode !== 0) throw notTaken(kind, complaints)
      await balancer.restart()
      await bench.forget()
    },
  }
  const kept = stack.move()
  return { ...bench, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

function frontOf({ listen, name }: Target, { listeners }: Setup, host: string): Front {
  const reached = listeners.filter(({ loopback }) => !loopback)
  const found =
    listen === undefined
      ? (reached.find(({ http, tls }) => http && !tls) ?? reached.find(({ http }) => http) ?? reached[0])
      : reached.find(({ port }) => port === listen)
  if (found !== undefined) return { host, port: found.port, tls: found.tls }
  throw new SeatrialError(
    'SEATRIAL_NO_LISTENER',
    `${name} listens on no port${listen === undefined ? '' : ` ${listen}`} that visitors reach`,
    { mend: 'Name a port of the configuration: listen.', because: 'setup' },
  )
}

function notTaken({ title }: BalancerKind, complaints: readonly string[]): SeatrialError {
  const why = complaints[0] ?? 'it says nothing'
  return new SeatrialError('SEATRIAL_CONFIGURATION_REFUSED', `${title} does not start with its configuration: ${why}`, {
    mend: 'Mend the configuration first: loadbalancing/configuration-accepted tells all of it.',
    because: 'prerequisite',
  })
}

async function poolAt(open: () => Visitor, signal: AbortSignal, path: string): Promise<string> {
  using one = open()
  return await waitFor(
    `a server to answer at ${path}`,
    async () => {
      const { server, status, trouble } = await one.ask()
      const pool = server?.slice(0, server.lastIndexOf('/'))
      return pool === undefined ? { seen: trouble ?? `status ${status} of the balancer itself` } : { done: pool }
    },
    { deadlineMs: 10_000, signal, mend: 'Name a path that leads to a pool of servers, and its host: path, host.' },
  )
}
