import { createHash } from 'node:crypto'
import { idleAfter } from './answer.ts'
import type { Channel } from './channel.ts'
import type { Packet } from './packets.ts'
import { FieldReader } from './packets.ts'

/** Capabilities of the protocol. @see https://mariadb.com/kb/en/connection/#capabilities */
const capability = {
  connectWithDatabase: 0x8,
  compress: 0x20,
  protocol41: 0x200,
  ssl: 0x800,
  secureConnection: 0x8000,
  pluginAuth: 0x8_00_00,
  connectAttributes: 0x10_00_00,
  lengthEncodedAuth: 0x20_00_00,
  deprecateEof: 0x1_00_00_00,
} as const

/** We could not read what these make of the packets. */
const unread = capability.compress | capability.ssl | capability.deprecateEof

/** What a client said when it logged in: a replica is told the same. */
export interface ClientLogin {
  readonly user: string
  readonly database: string
  readonly flags: number
  readonly charset: number
  /** Whether its session begins without a transaction. */
  readonly idle: boolean
}

/**
 * Carries the handshake between a client and the primary, so that the server itself lets the client in. Only what the
 * server offers is cut down to what we can read.
 *
 * @returns undefined when the client was not let in
 */
export async function passHandshake(client: Channel, primary: Channel): Promise<ClientLogin | undefined> {
  const hello = await primary.next()
  if (hello === undefined) return undefined
  client.send(hello.body[0] === 0xff ? hello : { ...hello, body: withoutUnread(hello.body) })
  const reply = await client.next()
  // A client that asks for TLS all the same sends a short packet first.
  if (reply === undefined || reply.body.length <= 32) return undefined
  if ((reply.body.readUInt32LE(0) & unread) !== 0) return undefined
  primary.send(reply)
  for (;;) {
    const answer = await primary.next()
    if (answer === undefined) return undefined
    client.send(answer)
    if (answer.body[0] === 0xff) return undefined
    if (answer.body[0] === 0x00) return { ...loginOf(reply.body), idle: idleAfter(answer.body) }
    const more = await client.next()
    if (more === undefined) return undefined
    primary.send(more)
  }
}

/** Where the lower half of the server's capabilities stands; the upper half is five bytes further. */
function capabilitiesAt(greeting: Buffer): number {
  return greeting.indexOf(0, 1) + 1 + 4 + 8 + 1
}

function withoutUnread(greeting: Buffer): Buffer {
  const body = Buffer.from(greeting)
  const at = capabilitiesAt(body)
  body.writeUInt16LE(body.readUInt16LE(at) & ~(unread & 0xff_ff) & 0xff_ff, at)
  body.writeUInt16LE(body.readUInt16LE(at + 5) & ~(unread >>> 16) & 0xff_ff, at + 5)
  return body
}

function loginOf(reply: Buffer): Omit<ClientLogin, 'idle'> {
  const fields = new FieldReader(reply)
  const flags = fields.fixed(4)
  const charset = fields.skip(4).fixed(1)
  const user = fields.skip(23).text()
  const length = (flags & capability.lengthEncodedAuth) === 0 ? fields.fixed(1) : (fields.lengthEncoded() ?? 0)
  fields.skip(length)
  const database = (flags & capability.connectWithDatabase) === 0 ? '' : fields.text()
  return { user, database, flags, charset }
}

/**
 * Logs in to a replica as the client's account: the client's own answer was for the primary's salt.
 *
 * @throws Error when the replica does not let us in, or wants another plugin than mysql_native_password
 */
export async function logIn(replica: Channel, login: ClientLogin, password: string): Promise<void> {
  const hello = await expected(replica)
  if (hello.body[0] !== 0x0a) throw new Error('the replica takes no connections')
  const at = capabilitiesAt(hello.body)
  const salt = Buffer.concat([hello.body.subarray(at - 9, at - 1), hello.body.subarray(at + 18, at + 30)])
  const { user, database, charset } = login
  const flags =
    (login.flags & ~(unread | capability.connectAttributes | capability.lengthEncodedAuth)) |
    (capability.protocol41 | capability.secureConnection | capability.pluginAuth)
  const head = Buffer.alloc(32)
  head.writeUInt32LE(flags >>> 0, 0)
  head.writeUInt32LE(0xff_ff_ff, 4)
  head.writeUInt8(charset, 8)
  const proof = nativePassword(password, salt)
  const parts = [head, Buffer.from(`${user}\0`), Buffer.from([proof.length]), proof]
  if ((flags & capability.connectWithDatabase) !== 0) parts.push(Buffer.from(`${database}\0`))
  replica.send({ number: hello.number + 1, body: Buffer.concat([...parts, Buffer.from('mysql_native_password\0')]) })
  let answer = await expected(replica)
  if (answer.body[0] === 0xfe && new FieldReader(answer.body, 1).text() === 'mysql_native_password') {
    const other = answer.body.subarray('.mysql_native_password.'.length, -1)
    replica.send({ number: answer.number + 1, body: nativePassword(password, other) })
    answer = await expected(replica)
  }
  if (answer.body[0] !== 0x00) throw new Error(`the replica does not let ${user} in`)
}

async function expected(from: Channel): Promise<Packet> {
  const packet = await from.next()
  if (packet === undefined) throw new Error('the replica went away')
  return packet
}

/** @see https://mariadb.com/kb/en/connection/#mysql_native_password-plugin */
function nativePassword(password: string, salt: Buffer): Buffer {
  if (password === '') return Buffer.alloc(0)
  const sha1 = (...parts: readonly (Buffer | string)[]): Buffer => {
    const hash = createHash('sha1')
    for (const part of parts) hash.update(part)
    return hash.digest()
  }
  const once = sha1(password)
  const proof = sha1(salt, sha1(once))
  return Buffer.from(once.map((byte, index) => byte ^ (proof[index] ?? 0)))
}
