import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { discover } from '../../discover.ts'
import { UsageError } from '../../kernel/index.ts'
import { BrokenReport } from './broken.ts'
import { decoded, encodingOf } from './encoding.ts'
import type { ReportReader, Source } from './reader.ts'
import { isReportReader } from './reader.ts'
import type { Told } from './told.ts'

/** Bytes by which a format is recognised. */
const startBytes = 65_536
const chunkBytes = 64 * 1_024

/** A report, of a format that was recognised or of none. */
export interface OpenedReport {
  readonly reader: ReportReader | undefined
  /** Ends with a trouble where the report ends being readable; never silently. */
  readonly told: () => AsyncIterable<Told>
}

/**
 * Opens a report in whatever format it is.
 *
 * @param name what errors call the file
 * @param worked is told how many bytes were read
 * @throws UsageError when there is no file that can be read
 */
export async function openReport(
  path: string,
  name: string,
  worked: (bytes: number) => void = () => undefined,
): Promise<OpenedReport> {
  const bytes = await startOf(path).catch((cause: unknown) => {
    throw new UsageError({ path: name, given: 'no readable file', wanted: 'the report of a scanner', cause })
  })
  const refused = (why: string): OpenedReport => ({
    reader: undefined,
    async *told() {
      yield { is: 'trouble', kind: 'unknown-format', at: 'line 1', why }
    },
  })
  if (bytes.length === 0) return refused('it is empty')
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return refused('it is compressed: unpack it first')
  try {
    const encoding = encodingOf(bytes)
    const start = new TextDecoder(encoding).decode(bytes)
    const readers = (await discover(new URL('../readers/', import.meta.url), isReportReader)).map(({ thing }) => thing)
    const reader = readers.find((each) => each.takes(start))
    if (reader === undefined) return refused(unknown(start, readers))
    const source = { start, text: () => decoded(chunksOf(path, worked), encoding) }
    return { reader, told: () => safely(reader, source) }
  } catch (error) {
    if (!(error instanceof BrokenReport)) throw error
    return {
      reader: undefined,
      async *told() {
        yield error.trouble
      },
    }
  }
}

async function* chunksOf(path: string, worked: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const source: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: chunkBytes })
  for await (const chunk of source) {
    yield chunk
    worked(chunk.length)
  }
}

async function startOf(path: string): Promise<Uint8Array> {
  await using handle = await open(path)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(startBytes), 0, startBytes, 0)
  return buffer.subarray(0, bytesRead)
}

async function* safely(reader: ReportReader, source: Source): AsyncGenerator<Told> {
  try {
    for await (const told of reader.read(source)) {
      yield told
      if (told.is === 'finding' && told.severity === undefined) {
        const why = `${told.id}: its severity ${told.said === '' ? 'is missing' : `is ${JSON.stringify(told.said.slice(0, 60))}`}`
        yield { is: 'trouble', kind: 'severity', at: told.at, why }
      }
      if (told.is === 'head' && told.targets === 0) {
        yield { is: 'trouble', kind: 'nothing-scanned', why: 'it tells of nothing that was scanned' }
      }
    }
  } catch (error) {
    if (!(error instanceof BrokenReport)) throw error
    yield error.trouble
  }
}

function unknown(start: string, readers: readonly ReportReader[]): string {
  if (/^\uFEFF?\s*<(?:!doctype\s+html|html)/i.test(start)) return 'it is an HTML page, and no report'
  const [line = ''] = start.trim().split('\n')
  const formats = readers.map(({ title }) => title).join(', ')
  return `it begins with ${JSON.stringify(line.slice(0, 60))}, as none of the formats does that are read: ${formats}`
}
