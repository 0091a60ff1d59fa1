import type { Channel } from './channel.ts'
import type { Packet } from './packets.ts'
import { FieldReader } from './packets.ts'

/** Flags with which a server ends an answer. */
const inTransaction = 0x0001
const autocommit = 0x0002
const moreResults = 0x0008

/** What came of one COM_QUERY. */
export interface Answer {
  readonly kind: 'ok' | 'rows' | 'error'
  /** Whether the session now holds no transaction; undefined when the answer does not tell. */
  readonly idle: boolean | undefined
}

const idleBy = (status: number): boolean => (status & autocommit) !== 0 && (status & inTransaction) === 0

/** The status flags of an OK packet. @see https://mariadb.com/kb/en/ok_packet/ */
function statusOfOk(body: Buffer): number {
  const fields = new FieldReader(body, 1)
  fields.lengthEncoded()
  fields.lengthEncoded()
  return fields.fixed(2)
}

/** Whether a session that was just opened holds no transaction. */
export function idleAfter(ok: Buffer): boolean {
  return idleBy(statusOfOk(ok))
}

/**
 * Reads the whole answer to a COM_QUERY, in the form without CLIENT_DEPRECATE_EOF; `each` gets every packet as it comes.
 *
 * @returns undefined when the server went away in the middle
 * @throws Error for LOAD DATA LOCAL INFILE, which would need the client in the middle of an answer
 * @see https://mariadb.com/kb/en/result-set-packets/
 */
export async function readAnswer(server: Channel, each: (packet: Packet) => void): Promise<Answer | undefined> {
  for (;;) {
    const first = await server.next()
    if (first === undefined) return undefined
    each(first)
    const kind = first.body[0]
    if (kind === 0xff) return { kind: 'error', idle: undefined }
    if (kind === 0xfb) throw new Error('the server asks for a local file')
    const status = kind === 0x00 ? statusOfOk(first.body) : await readRows(server, each)
    if (status === undefined) return undefined
    if (status === 'error') return { kind: 'error', idle: undefined }
    if ((status & moreResults) === 0) return { kind: kind === 0x00 ? 'ok' : 'rows', idle: idleBy(status) }
  }
}

/** Definitions of columns up to one EOF, rows up to the other. */
async function readRows(server: Channel, each: (packet: Packet) => void): Promise<number | 'error' | undefined> {
  for (let ends = 0; ;) {
    const packet = await server.next()
    if (packet === undefined) return undefined
    each(packet)
    if (packet.body[0] === 0xff) return 'error'
    // A row may begin with the same byte, for a value of 16 MiB and more: it is longer.
    if (packet.body[0] === 0xfe && packet.body.length < 9 && ++ends === 2) return packet.body.readUInt16LE(3)
  }
}

/**
 * Asks for one value on a session of our own, between two commands of the client's.
 *
 * @throws Error when the server refuses or goes away
 */
export async function askValue(server: Channel, statement: string): Promise<string | null> {
  server.send({ number: 0, body: Buffer.concat([Buffer.from([commands.query]), Buffer.from(statement)]) })
  const packets: Packet[] = []
  const answer = await readAnswer(server, (packet) => packets.push(packet))
  // Number of columns, one definition, EOF, the row, EOF.
  const row = packets[3]
  if (answer?.kind !== 'rows' || row === undefined || packets.length < 5) throw new Error(`no answer to ${statement}`)
  return new FieldReader(row.body).value()
}

/** The first byte of a command. */
export const commands = { quit: 0x01, useDatabase: 0x02, query: 0x03, ping: 0x0e } as const
