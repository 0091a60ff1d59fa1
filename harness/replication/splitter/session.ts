import { askValue, commands, readAnswer } from './answer.ts'
import type { Channel } from './channel.ts'
import { dial } from './channel.ts'
import type { ClientLogin } from './handshake.ts'
import { logIn, passHandshake } from './handshake.ts'
import type { Packet } from './packets.ts'
import type { Address, Shared } from './shared.ts'
import { kindOf } from './statement.ts'

/** Milliseconds for a connection to a server of the cluster. */
const dialMs = 1_000
/** Seconds that a read waits at a replica for the last write, before it goes to the primary. */
const waitSeconds = 0.1

/** Serves one client to its end. Whatever breaks in between ends it: a client connects again. */
export async function serve(client: Channel, shared: Shared): Promise<void> {
  const replicas = new Map<Address, Channel>()
  let primary: Channel | undefined
  try {
    primary = await dial(shared.leading.primary, dialMs)
    const server = primary
    void server.closed.then(client.close)
    void client.closed.then(() => {
      for (const each of [server, ...replicas.values()]) each.close()
    })
    const login = await passHandshake(client, server)
    if (login !== undefined)
      await commandsOf({ client, primary: server, replicas, login, shared, ...login, pinned: false })
  } catch {
    // Told by the end of the connection, as a server that dies tells it.
  } finally {
    for (const each of [client, primary, ...replicas.values()]) each?.close()
  }
}

interface Session {
  readonly client: Channel
  readonly primary: Channel
  readonly replicas: Map<Address, Channel>
  readonly login: ClientLogin
  readonly shared: Shared
  /** Holds no transaction. */
  idle: boolean
  /** Has state that a replica's session has not. */
  pinned: boolean
}

async function commandsOf(session: Session): Promise<void> {
  for (;;) {
    const command = await session.client.next()
    if (command === undefined || command.body[0] === commands.quit) return
    if (command.body[0] === commands.query) await query(session, command)
    else await carry(session, command)
  }
}

/** Commands whose answers we do not read: what state they leave is unknown, so that the session stays where it is. */
async function carry(session: Session, command: Packet): Promise<void> {
  const { client, primary } = session
  primary.send(command)
  if (command.body[0] === commands.ping) return void (await readAnswer(primary, client.send))
  session.pinned = true
  if (command.body[0] === commands.useDatabase) return void (await readAnswer(primary, client.send))
  // From here on packets are only passed along, both ways.
  await Promise.race([pass(primary, client), pass(client, primary)])
  client.close()
}

async function pass(from: Channel, to: Channel): Promise<void> {
  for (let packet = await from.next(); packet !== undefined; packet = await from.next()) to.send(packet)
}

async function query(session: Session, command: Packet): Promise<void> {
  const kind = kindOf(command.body.toString('utf8', 1))
  if (kind === 'session') session.pinned = true
  const free = kind === 'read' && session.idle && !session.pinned
  if (free && (await atReplica(session, command))) return
  const { client, primary, shared } = session
  primary.send(command)
  const held: Packet[] = []
  // Held back until the write is known: nobody hears of a write that the next read may miss.
  const answer = await readAnswer(primary, (packet) => (kind === 'other' ? held.push(packet) : client.send(packet)))
  if (answer?.idle !== undefined) session.idle = answer.idle
  if (kind === 'other' && answer?.kind === 'ok' && session.idle && shared.after !== 'at-once') {
    shared.last.note(await askValue(primary, 'SELECT @@last_gtid'))
  }
  for (const packet of held) client.send(packet)
}

/** Lets a replica answer. @returns false when none may or can, and nothing was answered */
async function atReplica(session: Session, command: Packet): Promise<boolean> {
  const { client, shared } = session
  const { replicas } = shared.leading
  const turn = shared.turn++
  for (const index of replicas.keys()) {
    const address = replicas[(turn + index) % replicas.length]
    // Only the first is waited for: the read would be late twice.
    const channel = address && (await ready(session, address, index === 0))
    if (channel === undefined) continue
    channel.send(command)
    let told = 0
    const answer = await readAnswer(channel, (packet) => {
      told++
      client.send(packet)
    })
    if (answer === undefined && told > 0) throw new Error('the replica went away in the middle of its answer')
    if (answer === undefined) continue
    shared.counts.atReplica++
    return true
  }
  if (replicas.length > 0) shared.counts.turned++
  return false
}

/** A session at a replica that has the last write; undefined when there is none, or it has not. */
async function ready(session: Session, address: Address, mayWait: boolean): Promise<Channel | undefined> {
  const { shared } = session
  try {
    const channel = await sessionAt(session, address)
    const { gtid } = shared.last
    if (channel === undefined || shared.after === 'at-once' || gtid === undefined) return channel
    const seconds = shared.after === 'wait' && mayWait ? waitSeconds : 0
    return (await askValue(channel, `SELECT MASTER_GTID_WAIT('${gtid}', ${seconds})`)) === '0' ? channel : undefined
  } catch {
    // A replica that cannot be asked is passed over, and asked anew the next time.
    session.replicas.get(address)?.close()
    session.replicas.delete(address)
    return undefined
  }
}

async function sessionAt({ replicas, login, shared }: Session, address: Address): Promise<Channel | undefined> {
  const there = replicas.get(address)
  if (there !== undefined) return there
  const password = shared.passwords[login.user]
  if (password === undefined) return undefined
  const channel = await dial(address, dialMs)
  replicas.set(address, channel)
  await logIn(channel, login, password)
  return channel
}
