import { Writable } from 'node:stream'
import type { Answer, Asked } from '../exchange.ts'
import { lineWriter } from '../record/line-writer.ts'
import type { HeadLine } from '../record/lines.ts'
import type { RecorderOptions } from '../record/open-recorder.ts'
import { openRecorder } from '../record/open-recorder.ts'
import { seatrial } from '../replay/readers/seatrial.ts'
import type { Entry } from '../replay/traffic.ts'

/** The head of a record in which secrets are kept. */
export const head: HeadLine = {
  format: 'seatrial-record',
  version: 1,
  seatrial: '0.1.0',
  startedAt: '2026-11-22T11:00:00.000Z',
  primary: 'http://127.0.0.1:1',
  candidate: 'http://127.0.0.1:2',
  secrets: 'kept',
  maxBody: 1_000,
}

/** A request and its answer. */
export interface Exchange {
  readonly asked: Asked
  readonly body: Uint8Array
  readonly answer: Omit<Answer, 'ms'>
}

/** A request for nothing much. */
export const plain: Exchange = {
  asked: { method: 'GET', target: '/', fields: [] },
  body: new Uint8Array(),
  answer: { status: 200, message: 'OK', fields: [], body: Buffer.from('ok'), trailers: [] },
}

/** A disk in memory, which a test can hold. */
export function disk() {
  const chunks: Buffer[] = []
  const held: (() => void)[] = []
  let isHeld = false
  const to = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      if (isHeld) held.push(done)
      else done()
    },
  })
  return {
    to,
    text: () => Buffer.concat(chunks),
    hold: () => void (isHeld = true),
    release() {
      isHeld = false
      for (const each of held.splice(0)) each()
    },
  }
}

/** Tells a recorder of an exchange that was compared. */
export function tell(exchange: Exchange, connection: object, recorder: ReturnType<typeof openRecorder>): void {
  const { asked, body, answer } = exchange
  const { also, ended } = recorder.begin(asked, connection)
  if (body.length > 0) also?.requestData(body)
  also?.requestEnd()
  also?.answerStart(answer.status, answer.message, answer.fields)
  also?.answerData(answer.body)
  also?.answerEnd(answer.trailers)
  ended({
    fate: 'compared equal',
    candidate: { kind: 'answer', answer: { ...answer, ms: 1 } },
    secondary: undefined,
    found: [],
  })
}

/** The bytes of a record of exchanges on one connection. */
export async function recordOf(
  exchanges: readonly Exchange[],
  options: Partial<RecorderOptions> = {},
): Promise<Buffer> {
  const own = disk()
  const recorder = openRecorder({ writer: lineWriter(own.to, 2 ** 30), head, maxHeld: 2 ** 30, ...options })
  const connection = {}
  for (const each of exchanges) tell(each, connection, recorder)
  await recorder.close()
  return own.text()
}

async function* bytesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content
}

/** What is read back of a record. */
export const read = (content: Uint8Array): Promise<Entry[]> =>
  Array.fromAsync(seatrial.read(bytesOf(content), { name: 'record' }, ''))
