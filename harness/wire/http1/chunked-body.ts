import type { FieldLine } from '../fields.ts'
import type { BodyReader } from './body-reader.ts'
import type { Content } from './content.ts'
import { latin1, linesOf, parseFieldLines } from './field-lines.ts'
import { Growing } from './growing.ts'
import { LineBlock } from './line-block.ts'
import type { Problems } from './problems.ts'

const LF = 10
const CR = 13

/** A chunk-size line with its extensions may be this long, bytes. */
const chunkLineLimit = 16 * 1024

/**
 * The chunked coding (RFC 9112 section 7.1). A size with whitespace around it, a line that ends in
 * a bare LF and data without its CRLF are noted and read past; a size that is no number breaks it.
 */
export class ChunkedBody implements BodyReader {
  readonly promised = 'chunks up to the last one, of size 0'
  readonly #content: Content
  readonly #problems: Problems
  readonly #trailerBlock: LineBlock
  #state: 'size' | 'data' | 'delimiter' | 'delimiter-lf' | 'trailers' | 'whole' = 'size'
  readonly #line = new Growing()
  #left = 0
  #offset: number
  #delimiterMissing = false
  #trailersAt = 0
  broken: BodyReader['broken']
  trailers: readonly FieldLine[] = []

  constructor(content: Content, problems: Problems, options: { offset: number; maxTrailerBytes: number }) {
    this.#content = content
    this.#problems = problems
    this.#offset = options.offset
    this.#trailerBlock = new LineBlock(options.maxTrailerBytes)
  }

  get whole(): boolean {
    return this.#state === 'whole'
  }

  take(bytes: Uint8Array, from: number): number {
    let at = from
    while (at < bytes.length && !this.whole && this.broken === undefined && !this.#content.cutOff) {
      const next = this.#step(bytes, at)
      this.#offset += next - at
      at = next
    }
    return at
  }

  end(): boolean {
    if (this.#state === 'size' && this.#delimiterMissing) this.#noteDelimiter()
    return this.whole
  }

  #step(bytes: Uint8Array, at: number): number {
    switch (this.#state) {
      case 'size':
        return this.#takeSize(bytes, at)
      case 'data': {
        const next = this.#content.take(bytes, at, Math.min(bytes.length, at + this.#left))
        this.#left -= next - at
        if (this.#left === 0) this.#state = 'delimiter'
        return next
      }
      case 'delimiter':
        if (bytes[at] === CR) {
          this.#state = 'delimiter-lf'
          return at + 1
        }
        return this.#endDelimiter(bytes[at] === LF, at)
      case 'delimiter-lf':
        if (bytes[at] !== LF) return this.#endDelimiter(false, at)
        this.#state = 'size'
        return at + 1
      case 'trailers':
        return this.#takeTrailers(bytes, at)
      case 'whole':
        return at
    }
  }

  /** The data did not end in CRLF: a bare LF is passed over, anything else is taken for the next size. */
  #endDelimiter(bareLf: boolean, at: number): number {
    this.#state = 'size'
    if (!bareLf) {
      this.#delimiterMissing = true
      return at
    }
    this.#problems.add('chunk-delimiter-malformed', this.#offset, Uint8Array.of(LF))
    return at + 1
  }

  // Told once the line that stands in its place is known, so that it can be shown.
  #noteDelimiter(): void {
    this.#delimiterMissing = false
    this.#problems.add('chunk-delimiter-malformed', this.#offset - this.#line.length, this.#line.bytes())
  }

  #takeSize(bytes: Uint8Array, at: number): number {
    const found = bytes.indexOf(LF, at)
    const next = Math.min(found < 0 ? bytes.length : found + 1, at + chunkLineLimit - this.#line.length)
    const ended = found >= 0 && next === found + 1
    // The offset is still that of `at`: `take` moves it on after this step.
    const start = this.#offset - this.#line.length
    // Most lines come in one piece, and are read where they stand.
    const split = !ended || this.#line.length > 0
    if (split) this.#line.push(bytes.subarray(at, next))
    if (!ended && this.#line.length < chunkLineLimit) return next
    const line = split ? this.#line.bytes() : bytes.subarray(at, next)
    if (this.#delimiterMissing) this.#problems.add('chunk-delimiter-malformed', start, line)
    this.#delimiterMissing = false
    this.#readSize(ended, line, start)
    this.#trailersAt = start + line.length
    this.#line.clear()
    return next
  }

  // chunk = chunk-size [ chunk-ext ] CRLF; chunk-size = 1*HEXDIG
  #readSize(ended: boolean, line: Uint8Array, start: number): void {
    const text = latin1(line)
    const wellFormed = ended ? /^([0-9a-f]{1,13})(?:[ \t]*;[^\n]*)?\r?\n$/i.exec(text) : null
    const size = wellFormed ?? (ended ? /^[ \t]*([0-9a-f]{1,13})[ \t]*(?:;[^\n]*)?\r?\n$/i.exec(text) : null)
    if (wellFormed === null) this.#problems.add('chunk-size-malformed', start, line)
    if (size === null) {
      this.broken = { kind: 'protocol', message: 'a chunk size is no hexadecimal number, so the rest cannot be read' }
      return
    }
    if (line.at(-2) !== CR) this.#problems.add('bare-lf', start + line.length - 1, line)
    this.#left = Number.parseInt(size[1] ?? '', 16)
    this.#state = this.#left === 0 ? 'trailers' : 'data'
  }

  #takeTrailers(bytes: Uint8Array, at: number): number {
    const next = this.#trailerBlock.take(bytes, at)
    if (this.#trailerBlock.state === 'too-large') {
      this.broken = { kind: 'head-too-large', message: 'the trailer section is longer than a head may be' }
    } else if (this.#trailerBlock.state === 'whole') {
      this.#state = 'whole'
      const lines = linesOf(this.#trailerBlock.bytes, this.#trailersAt, this.#problems)
      this.trailers = parseFieldLines(lines, this.#problems)
    }
    return next
  }
}
