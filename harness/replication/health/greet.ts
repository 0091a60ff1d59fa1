import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { SeatrialError } from '../../kernel/index.ts'
import type { EngineId } from '../engines/all.ts'

/** What a server shows before anybody logs in. */
export interface Greeting {
  readonly engine: EngineId
  readonly offersTls: boolean
}

/** PostgreSQL's SSLRequest (protocol 3.0, 55.2.10): asks whether the server would encrypt, and nothing else. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

/** MariaDB speaks first, at once; PostgreSQL waits to be asked. */
const silenceMs = 300

/**
 * Which engine answers at an address, and whether it offers TLS. MariaDB's greeting has both; where none comes
 * PostgreSQL's SSLRequest is sent, which it answers with one letter.
 *
 * @throws SeatrialError `SEATRIAL_NO_ANSWER` when nobody answers, or in no language that we know
 */
export async function greet(
  at: { readonly host: string; readonly port: number },
  timeoutMs = 5_000,
): Promise<Greeting> {
  const socket = connect(at)
  try {
    return await heardOn(socket, timeoutMs)
  } finally {
    socket.destroy()
  }
}

function heardOn(socket: Socket, timeoutMs: number): Promise<Greeting> {
  const { promise, resolve, reject } = Promise.withResolvers<Greeting>()
  let heard = Buffer.alloc(0)
  let asked: NodeJS.Timeout | undefined
  const late = setTimeout(() => reject(noAnswer(`nothing came within ${timeoutMs} ms`)), timeoutMs)
  socket.on('connect', () => {
    asked = setTimeout(() => socket.write(sslRequest), silenceMs)
  })
  socket.on('error', (error) => reject(noAnswer(error.message === '' ? error.name : error.message, error)))
  socket.on('close', () => reject(noAnswer('the connection was closed')))
  socket.on('data', (data) => {
    heard = Buffer.concat([heard, data])
    const greeting = mariadbGreeting(heard) ?? postgresAnswer(heard)
    if (greeting !== undefined) resolve(greeting)
    else if (heard.length > 512) reject(noAnswer('what came is neither MariaDB nor PostgreSQL'))
  })
  return promise.finally(() => {
    clearTimeout(asked)
    clearTimeout(late)
  })
}

/**
 * The first packet of MariaDB and MySQL: its length (3 bytes), 0, protocol 10, the version up to a zero, 13 bytes, and
 * the lower capabilities, of which 0x0800 is TLS. In place of it an error (255) comes from one that refuses our address.
 */
function mariadbGreeting(heard: Buffer): Greeting | undefined {
  if (heard.length < 5 || heard[3] !== 0) return undefined
  if (heard[4] === 255) return { engine: 'mariadb', offersTls: false }
  if (heard[4] !== 10 || heard.length < heard.readUIntLE(0, 3) + 4) return undefined
  const end = heard.indexOf(0, 5)
  return { engine: 'mariadb', offersTls: end > 0 && (heard.readUInt16LE(end + 14) & 0x08_00) !== 0 }
}

/** S or N; E begins an error of a server that is too old, or full. */
function postgresAnswer(heard: Buffer): Greeting | undefined {
  const letter = heard.toString('latin1', 0, 1)
  if (heard.length === 1 && (letter === 'S' || letter === 'N')) return { engine: 'postgres', offersTls: letter === 'S' }
  // The length of an error stands in its next four bytes, and is no MariaDB packet's.
  return letter === 'E' && heard.length > 5 && heard[1] === 0 ? { engine: 'postgres', offersTls: false } : undefined
}

function noAnswer(why: string, cause?: unknown): SeatrialError {
  return new SeatrialError('SEATRIAL_NO_ANSWER', why, {
    mend: 'Name the HOST:PORT on which the database listens, and let this machine reach it.',
    because: 'prerequisite',
    cause,
  })
}
