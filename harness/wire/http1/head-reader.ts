import type { ResponseHead, Trouble } from '../exchange.ts'
import { excerptLength, excerptOf } from './excerpt.ts'
import { LineBlock } from './line-block.ts'
import { parseHead } from './parse-head.ts'
import type { Problems } from './problems.ts'

const LF = 10
const CR = 13

export type HeadTrouble = Pick<Trouble, 'kind' | 'phase' | 'message'>

/** Reads one head, from bytes in any pieces: blank lines before it, and what is no head at all, included. */
export class HeadReader {
  readonly #problems: Problems
  readonly #limit: number
  readonly #room: number
  readonly #start: number
  #blanks = 0
  #block: LineBlock | undefined
  #head: ResponseHead | undefined
  #trouble: HeadTrouble | undefined

  /** `offset` is where it begins in the response, whose heads together may have `limitBytes`. */
  constructor(problems: Problems, { offset, limitBytes }: { offset: number; limitBytes: number }) {
    this.#problems = problems
    this.#start = offset
    this.#limit = limitBytes
    this.#room = limitBytes - offset
  }

  /** Takes from `from` on, and returns the index of the first byte not taken. */
  take(bytes: Uint8Array, from: number): number {
    let at = from
    if (this.#block === undefined) {
      while (at < bytes.length && (bytes[at] === CR || bytes[at] === LF) && this.#blanks < this.#room) {
        this.#blanks += 1
        at += 1
      }
      if (at === bytes.length) return at
      this.#block = new LineBlock(this.#room - this.#blanks)
    }
    const next = this.#block.take(bytes, at)
    if (this.suspect && (this.#block.state !== 'open' || firstLine(this.#block.bytes) !== undefined)) this.giveUp()
    else if (this.#block.state === 'too-large') this.#trouble = this.#tooLarge()
    else if (this.#block.state === 'whole') this.#parse(this.#block.bytes.slice())
    return next
  }

  /** The head, once it is whole. */
  get head(): ResponseHead | undefined {
    return this.#head
  }

  /** Why there will be none. */
  get trouble(): HeadTrouble | undefined {
    return this.#trouble
  }

  /** Where the head itself begins in the response. */
  get offset(): number {
    return this.#start + this.#blanks
  }

  /** What has come does not begin like a response; more is read only to show it. */
  get suspect(): boolean {
    const begun = this.#block?.bytes.subarray(0, 5) ?? new Uint8Array()
    return !'HTTP/'.startsWith(Buffer.from(begun).toString('latin1').toUpperCase())
  }

  /** No more will come of something that is no response. */
  giveUp(): void {
    const begun = this.#block?.bytes ?? new Uint8Array()
    const message = `what came back does not begin with "HTTP/": "${excerptOf(firstLine(begun) ?? begun)}"`
    this.#trouble = { kind: 'not-http', phase: 'head', message }
  }

  #parse(raw: Uint8Array): void {
    if (this.#blanks > 0) this.#problems.add('status-line-malformed', this.#start, Uint8Array.of(CR, LF))
    this.#head = parseHead(raw, this.offset, this.#problems)
    if (this.#head !== undefined) return
    const message = `the status line holds no status code: "${excerptOf(firstLine(raw) ?? raw)}"`
    this.#trouble = { kind: 'not-http', phase: 'head', message }
  }

  #tooLarge(): HeadTrouble {
    return { kind: 'head-too-large', phase: 'head', message: `the head is longer than ${this.#limit} bytes` }
  }
}

/** The first line, or as much of it as an excerpt can show; undefined while neither is there. */
function firstLine(bytes: Uint8Array): Uint8Array | undefined {
  const end = bytes.indexOf(LF)
  if (end >= 0 && end < excerptLength) return bytes.subarray(0, end)
  return bytes.length >= excerptLength ? bytes.subarray(0, excerptLength) : undefined
}
