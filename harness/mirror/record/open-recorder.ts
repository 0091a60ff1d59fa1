import type { Clock } from '../../kernel/index.ts'
import { systemClock } from '../../kernel/index.ts'
import type { Copy } from '../copies/copy.ts'
import type { Ended } from '../copies/open-copies.ts'
import type { SideEnd } from '../copies/side.ts'
import { openRoom } from '../copies/store.ts'
import type { Asked, RawFields } from '../exchange.ts'
import type { Onlooker } from '../open-core.ts'
import { collect, contentKept } from './content.ts'
import type { LineWriter } from './line-writer.ts'
import type { EndLine, ExchangeLine, HeadLine } from './lines.ts'
import { recordVersion } from './lines.ts'

export interface RecorderOptions {
  readonly writer: LineWriter
  readonly head: HeadLine
  /** Bytes of all contents of exchanges that are not finished. */
  readonly maxHeld: number
  /** Hides secrets; without it they are kept. */
  readonly hider?: Hider
  readonly clock?: Clock
}

/** Makes the line of an exchange without its secrets. It takes a while, and so it is done beside those who wait for answers. */
export interface Hider {
  readonly lineOf: (exchange: ExchangeLine) => Promise<string>
  readonly close: () => Promise<void>
}

/** Writes down what passes a mirror, an exchange as it is finished. */
export interface Recorder {
  /** Looks on while a request is copied. */
  readonly begin: (asked: Asked, connection: object) => Onlooker
  /** Writes what is not finished yet, as far as it is known, and the last line. */
  readonly close: () => Promise<RecordEnd>
}

/** What is in a record, and what is not. */
export interface RecordEnd extends Readonly<EndLine['end']> {
  /** Why the disk took no more. */
  readonly trouble: string | undefined
}

/** Bytes of exchanges whose secrets are being hidden. */
const mostHiding = 64 * 2 ** 20

/** Begins a record with its head. */
export function openRecorder(options: RecorderOptions): Recorder {
  const { writer, head, maxHeld, hider, clock = systemClock } = options
  const room = openRoom(head.maxBody, maxHeld)
  const connections = new WeakMap<object, { readonly number: number; next: number }>()
  const open = new Set<() => void>()
  const dropped: Record<string, number> = {}
  const began = clock.elapsed()
  let [connected, exchanges] = [0, 0]
  writer.write(JSON.stringify(head))

  const drop = (why: string): void => void (dropped[why] = (dropped[why] ?? 0) + 1)
  const put = (text: string): void => {
    if (writer.write(text)) exchanges++
    else drop(writer.trouble() === undefined ? 'the disk was slow' : 'the disk failed')
  }
  const hiding = new Set<Promise<void>>()
  let hidingBytes = 0
  const write = (line: ExchangeLine): void => {
    if (hider === undefined) {
      put(JSON.stringify(line))
      return
    }
    const bytes = bytesOf(line)
    if (hidingBytes + bytes > mostHiding) {
      drop('hiding secrets was slow')
      return
    }
    hidingBytes += bytes
    const hidden = hider
      .lineOf(line)
      .then(put, () => drop('hiding secrets failed'))
      .finally(() => {
        hidingBytes -= bytes
        hiding.delete(hidden)
      })
    hiding.add(hidden)
  }
  return {
    begin({ method, target, fields }, key) {
      const at = clock.elapsed()
      const connection = connections.get(key) ?? { number: connected++, next: 0 }
      connections.set(key, connection)
      const order = connection.next++
      const [request, content] = [collect(room), collect(room)]
      let start: Pick<Extract<ExchangeLine['primary'], { status: number }>, 'status' | 'message' | 'fields'> | undefined
      let primary: ExchangeLine['primary'] | undefined
      let ended: Ended | undefined
      const finish = (): void => {
        if (primary === undefined || ended === undefined || !open.delete(abandon)) return
        const { candidate, secondary, found } = ended
        write({
          version: recordVersion,
          at: rounded(at - began),
          connection: connection.number,
          order,
          request: { method, target, fields: pairsOf(fields), body: request.kept() },
          primary,
          ...(candidate !== undefined && { candidate: answerKept(candidate, head.maxBody) }),
          ...(secondary !== undefined && { secondary: answerKept(secondary, head.maxBody) }),
          fate: ended.fate,
          ...(found !== undefined && { differences: found.map(({ place, kind }) => ({ place, kind })) }),
        })
        request.empty()
        content.empty()
      }
      const abandon = (): void => {
        primary ??= { failed: 'mirror ended' }
        ended ??= { fate: 'dropped: mirror ended', candidate: undefined, secondary: undefined, found: undefined }
        finish()
      }
      open.add(abandon)
      const also: Copy = {
        requestData: request.data,
        requestEnd: () => undefined,
        answerStart(status, message, raw) {
          start = { status, message, fields: pairsOf(raw) }
        },
        answerData: content.data,
        answerEnd(trailers) {
          if (start === undefined) return
          const ms = rounded(clock.elapsed() - at)
          primary = { ...start, trailers: pairsOf(trailers), body: content.kept(), ms }
          finish()
        },
        lost(why) {
          primary ??= { failed: why }
          finish()
        },
      }
      return {
        also,
        ended(how) {
          ended = how
          finish()
        },
      }
    },
    async close() {
      for (const each of open) each()
      await Promise.all(hiding)
      await hider?.close()
      const end: EndLine = { version: recordVersion, end: { exchanges, dropped } }
      await writer.close(JSON.stringify(end))
      return { ...end.end, trouble: writer.trouble() }
    },
  }
}

/** Bytes of memory, about. */
function bytesOf({ request, primary, candidate, secondary }: ExchangeLine): number {
  const contents = [request, primary, candidate, secondary].map((each) =>
    each !== undefined && 'body' in each ? (each.body.text ?? each.body.base64 ?? '').length : 0,
  )
  return contents.reduce((sum, bytes) => sum + bytes, 4_000)
}

function answerKept(end: SideEnd, maxBody: number): NonNullable<ExchangeLine['candidate']> {
  if (end.kind !== 'answer' && end.kind !== 'too large') return { failed: end.kind === 'failed' ? end.why : end.kind }
  const { status, message, fields, trailers, body, ms } = end.answer
  const kept = end.kind === 'answer' ? contentKept(body, maxBody) : { bytes: body.length, left: 'cut off' as const }
  return { status, message, fields: pairsOf(fields), trailers: pairsOf(trailers), body: kept, ms: rounded(ms) }
}

function pairsOf(fields: RawFields): [string, string][] {
  return Array.from({ length: fields.length / 2 }, (_, at) => [fields[2 * at] ?? '', fields[2 * at + 1] ?? ''])
}

/** Milliseconds to the microsecond. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000
}
