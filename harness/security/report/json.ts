import { JSONParser, TokenType } from '@streamparser/json'
import { messageOf } from '../../kernel/index.ts'
import { BrokenReport } from './broken.ts'

/** A value that was asked for. */
export interface JsonPart {
  /** Keys and indexes that lead to it: `['runs', 0, 'results', 3]`. */
  readonly path: readonly (string | number)[]
  readonly value: unknown
  /** Line on which it ends. */
  readonly line: number
}

const deepest = 200
const longestPiece = 8 * 1024 * 1024
/** Bytes between two values that were asked for. */
const largestPart = 32 * 1024 * 1024

const opening = new Set<TokenType>([TokenType.LEFT_BRACE, TokenType.LEFT_BRACKET])
const closing = new Set<TokenType>([TokenType.RIGHT_BRACE, TokenType.RIGHT_BRACKET])

/**
 * The values at these paths (`$.runs.*.results.*`), each as soon as it is whole, the inner before the outer. A value that
 * was given is no longer in those around it.
 *
 * @throws BrokenReport where it stops being JSON, is cut off, or is made to fill memory
 */
export async function* readJson(text: AsyncIterable<string>, paths: readonly string[]): AsyncGenerator<JsonPart> {
  const parser = new JSONParser({ paths: [...paths], keepStack: false })
  let ready: JsonPart[] = []
  let [depth, quiet, pending] = [0, 0, 0]
  // Where the parser stands: bytes before this chunk, lines before `counted` bytes of it.
  let [before, counted, line, offset] = [0, 0, 1, 0]
  let bytes: Buffer = Buffer.alloc(0)
  let failure: BrokenReport | undefined
  const lineNow = (): number => {
    const until = Math.min(offset - before, bytes.length)
    for (let at = bytes.indexOf(0x0a, counted); at >= 0 && at < until; at = bytes.indexOf(0x0a, counted)) {
      line++
      counted = at + 1
    }
    return line
  }
  const refuse = (why: string): void => {
    failure ??= new BrokenReport('broken', why, lineNow())
  }
  parser.onToken = ({ token, offset: at }) => {
    offset = at
    quiet = 0
    if (opening.has(token)) depth++
    else if (closing.has(token)) depth--
    if (depth > deepest) refuse(`it is nested more than ${deepest} deep`)
  }
  parser.onValue = ({ value, key, stack }) => {
    pending = 0
    const path = [...stack.slice(1).map((outer) => outer.key), key].filter((each) => each !== undefined)
    ready.push({ path, value, line: lineNow() })
  }
  parser.onError = (error) => refuse(`it is no JSON: ${messageOf(error)}`)
  for await (const chunk of text) {
    bytes = Buffer.from(chunk)
    counted = 0
    parser.write(bytes)
    if (parser.isEnded && failure === undefined && depth !== 0) refuse('its brackets do not match')
    quiet += bytes.length
    pending += bytes.length
    if (quiet > longestPiece) refuse(`one piece of it has more than ${longestPiece} bytes`)
    if (pending > largestPart) refuse(`one part of it has more than ${largestPart} bytes`)
    yield* ready
    ready = []
    if (failure !== undefined) throw failure
    offset = before + bytes.length
    lineNow()
    before += bytes.length
  }
  if (parser.isEnded) return
  throw new BrokenReport('incomplete', 'it ends before its JSON does', line)
}

/** How a JSON text begins: the keys of its outermost object, or of the first in its outermost list, as far as they can be seen. */
export interface JsonStart {
  readonly is: 'object' | 'list'
  readonly keys: ReadonlySet<string>
}

/** Undefined for a text that does not begin as JSON does. */
export function jsonStart(start: string): JsonStart | undefined {
  const opened = /^\uFEFF?\s*(\[\s*\{|\{)/.exec(start)
  const empty = /^\uFEFF?\s*\[\s*\]?\s*$/.test(start)
  if (empty) return { is: 'list', keys: new Set() }
  if (opened === null) return undefined
  const is = opened[1] === '{' ? 'object' : 'list'
  const keys = new Set<string>()
  let depth = 1
  const token = /"((?:[^"\\]|\\.)*)"(\s*:)?|[[\]{}]/gs
  token.lastIndex = opened[0].length
  for (let found = token.exec(start); found !== null && depth > 0; found = token.exec(start)) {
    const [all, word, colon] = found
    if (word === undefined) depth += all === '{' || all === '[' ? 1 : -1
    else if (depth === 1 && colon !== undefined) keys.add(word)
  }
  return { is, keys }
}
