import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { absolute, isKept, isLayerMember, worthSkipping } from './names.ts'

const block = 512
const window = 256 * 1_024
const zeros = Buffer.alloc(2 ** 20)

interface Range {
  /** First and last byte but one, counted from the beginning of the file. */
  readonly from: number
  readonly to: number
}

/**
 * The bytes of an archive that is not compressed, with zeros for the content of large files that nobody reads: so that
 * the disk is asked for what checks look at, however long the archive is. The layers of a container image are gone through
 * in the same way.
 *
 * Source: POSIX pax interchange format; GNU tar's long names.
 */
export async function* withoutContents(path: string): AsyncGenerator<Buffer> {
  await using file = await open(path)
  const { size } = await file.stat()
  yield* through(windowOn(file), { from: 0, to: size })
}

type Window = (at: number, length: number) => Promise<Buffer>

/** Reads ahead, so that small members do not cost a call each. */
function windowOn(file: FileHandle): Window {
  let [start, held] = [0, Buffer.alloc(0)]
  return async (at, length) => {
    if (at < start || at + length > start + held.length) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(Math.max(window, length)), { position: at })
      ;[start, held] = [at, buffer.subarray(0, bytesRead)]
    }
    return held.subarray(at - start, at - start + length)
  }
}

async function* through(read: Window, { from, to }: Range): AsyncGenerator<Buffer> {
  let [at, shown] = [from, from]
  let longName: string | undefined
  while (at + block <= to) {
    const header = await read(at, block)
    const size = sizeIn(header)
    // What is no header, or one of a kind that is not known here, is for the reader of the stream to judge.
    if (size === undefined) break
    const content = { from: at + block, to: Math.min(to, at + block + size) }
    const next = at + block + Math.ceil(size / block) * block
    const kind = String.fromCodePoint(header[156] ?? 0)
    if (kind === 'x' || kind === 'L') {
      const text = (await read(content.from, Math.min(size, window))).toString()
      if (kind === 'x' && (/ size=/.test(text) || size > window)) break
      longName = kind === 'L' ? upToNul(text) : (/ path=([^\n]*)\n/.exec(text)?.[1] ?? longName)
    } else {
      const name = absolute(longName ?? nameIn(header))
      longName = undefined
      const isFile = kind === '0' || kind === '\0'
      const isLayer = isFile && isLayerMember(name) && isHeader(await read(content.from, block))
      if (isLayer || (isFile && size >= worthSkipping && !isKept(name) && !isLayerMember(name))) {
        yield* bytesOf(read, { from: shown, to: content.from })
        yield* isLayer ? through(read, content) : nothing(content)
        shown = content.to
      }
    }
    at = next
  }
  yield* bytesOf(read, { from: shown, to })
}

async function* bytesOf(read: Window, { from, to }: Range): AsyncGenerator<Buffer> {
  for (let at = from; at < to;) {
    const bytes = await read(at, Math.min(window, to - at))
    if (bytes.length === 0) return
    yield bytes
    at += bytes.length
  }
}

function* nothing({ from, to }: Range): Generator<Buffer> {
  for (let at = from; at < to; at += zeros.length) yield zeros.subarray(0, Math.min(zeros.length, to - at))
}

const upToNul = (text: string): string => text.split('\0', 1)[0] ?? ''

const isHeader = (bytes: Buffer): boolean => bytes.toString('latin1', 257, 262) === 'ustar'

/** Octal, or base 256 as GNU tar writes it from 8 GiB on, which is left to the reader of the stream. */
function sizeIn(header: Buffer): number | undefined {
  const digits = header
    .toString('latin1', 124, 136)
    .replace(/[\0 ]+$/, '')
    .trimStart()
  return isHeader(header) && /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : undefined
}

function nameIn(header: Buffer): string {
  const name = upToNul(header.toString('utf8', 0, 100))
  // GNU tar keeps times where POSIX has the beginning of a long name.
  const prefix = header.toString('latin1', 257, 263) === 'ustar\0' ? upToNul(header.toString('utf8', 345, 500)) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}
