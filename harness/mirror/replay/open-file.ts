import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { messageOf, UsageError } from '../../kernel/index.ts'
import { discover } from '../../discover.ts'
import { playable } from './playable.ts'
import type { Entry, Given, TrafficReader } from './traffic.ts'
import { isTrafficReader } from './traffic.ts'

/** Bytes by which a format is recognised. */
const startBytes = 16_384
const chunkBytes = 256 * 1_024

/** A file that is read from its beginning. */
export interface Traffic {
  readonly reader: TrafficReader
  readonly entries: () => AsyncIterable<Entry>
}

/**
 * Opens a file of recorded traffic in whatever format it is; compressed with gzip, too.
 *
 * @throws UsageError when it cannot be read, or nobody knows what it is
 */
export async function openTraffic(path: string, given: Given): Promise<Traffic> {
  const start = await startOf(path, given)
  const found = await discover(new URL('./readers/', import.meta.url), isTrafficReader)
  const readers = found.map(({ thing }) => thing)
  const reader = readers.find((each) => each.takes(start.text, given))
  if (reader === undefined) throw unknown(start.text, given, readers)
  return {
    reader,
    async *entries() {
      const source = start.isGzip ? gunzipped(path) : plain(path)
      try {
        for await (const entry of reader.read(source, given, start.text)) yield playable(entry)
      } catch (error) {
        if (error instanceof UsageError) throw error
        // A file may break in the middle: what stood before it was read.
        yield { is: 'unread', where: 'the rest of the file', why: messageOf(error) }
      }
    },
  }
}

function unknown(text: string, { name, logFormat }: Given, readers: readonly TrafficReader[]): UsageError {
  const [line = ''] = text.split('\n')
  if (logFormat !== undefined) {
    const wanted = 'a log_format of nginx ($request ...) or a LogFormat of Apache (%r ...)'
    return new UsageError({ path: '--log-format', given: logFormat, wanted })
  }
  return new UsageError({
    path: `${name}: line 1`,
    given: JSON.stringify(line.slice(0, 100)),
    wanted: readers.map(({ title }) => title).join(', '),
    mend: 'Say the format of an access log with --log-format, as the configuration of its server has it.',
  })
}

interface Start {
  /** Latin-1, one character a byte. */
  readonly text: string
  readonly isGzip: boolean
}

/** @throws UsageError */
async function startOf(path: string, { name }: Given): Promise<Start> {
  const wrong = (what: string, cause?: unknown): UsageError =>
    new UsageError({ path: name, given: what, wanted: 'a file of recorded traffic', cause })
  const isGzip = await begins(path).catch((cause: unknown) => {
    throw wrong('no readable file', cause)
  })
  let text = ''
  try {
    const source: AsyncIterable<Uint8Array> = isGzip ? gunzipped(path) : plain(path)
    for await (const chunk of source) {
      text += Buffer.from(chunk.subarray(0, startBytes)).toString('latin1')
      if (text.length >= startBytes) break
    }
  } catch (cause) {
    if (text === '') throw wrong(`a file that cannot be read: ${messageOf(cause)}`, cause)
  }
  if (text === '') throw wrong('an empty file')
  if (/^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(text)) throw wrong('text in UTF-16; convert it to UTF-8')
  return { text, isGzip }
}

/** Whether a file begins as gzip does (RFC 1952 section 2.3.1). */
async function begins(path: string): Promise<boolean> {
  await using handle = await open(path)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
}

const plain = (path: string): Readable => createReadStream(path, { highWaterMark: chunkBytes })

/** An error of either is that of the stream that is read. */
const gunzipped = (path: string): Readable =>
  pipeline(plain(path), createGunzip({ chunkSize: chunkBytes }), () => undefined)
