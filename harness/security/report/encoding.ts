import { BrokenReport } from './broken.ts'

/** What bytes are read as; labels of the Encoding Standard (https://encoding.spec.whatwg.org/). */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

const utf8Names = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii'])
const latinNames = new Set(['iso-8859-1', 'latin1', 'latin-1', 'windows-1252', 'cp1252'])

/**
 * The encoding by its byte order mark, by the zeros between ASCII characters, or by the declaration of XML (XML 1.0 appendix F).
 *
 * @throws BrokenReport for an encoding that is not read, or one that the bytes themselves contradict
 */
export function encodingOf(start: Uint8Array): Encoding {
  const [a, b, c] = start
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0xef && b === 0xbb && c === 0xbf) return declared(start.subarray(3), 'it begins with a mark of UTF-8')
  if (a !== undefined && a > 0 && b === 0) return 'utf-16le'
  if (a === 0 && b !== undefined && b > 0) return 'utf-16be'
  return declared(start)
}

function declared(start: Uint8Array, marked?: string): Encoding {
  const text = Buffer.from(start.subarray(0, 200)).toString('latin1')
  const name = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1]?.toLowerCase()
  if (name === undefined || utf8Names.has(name)) return 'utf-8'
  if (latinNames.has(name) && marked === undefined) return 'windows-1252'
  const because = name.startsWith('utf-16') ? 'its bytes are not' : (marked ?? 'that encoding is not read')
  throw new BrokenReport('encoding', `it declares to be ${JSON.stringify(name.slice(0, 40))}, and ${because}`, 1)
}

/** @throws BrokenReport at the first line with bytes that are not of this encoding */
export async function* decoded(source: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let lines = 1
  for await (const chunk of source) {
    const text = inText(
      () => decoder.decode(chunk, { stream: true }),
      encoding,
      () => lines + linesBefore(chunk, encoding),
    )
    yield text
    lines += newlines(text)
  }
  const rest = inText(
    () => decoder.decode(),
    encoding,
    () => lines,
  )
  if (rest !== '') yield rest
}

function inText(decode: () => string, encoding: Encoding, line: () => number): string {
  try {
    return decode()
  } catch {
    throw new BrokenReport('encoding', `there are bytes that are not ${encoding.toUpperCase()}`, line())
  }
}

/** Whole lines of a chunk that are well. */
function linesBefore(chunk: Uint8Array, encoding: Encoding): number {
  if (encoding !== 'utf-8') return 0
  let lines = 0
  let start = 0
  for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
    // The first line may begin in the middle of a character.
    if (lines > 0 && !isUtf8(chunk.subarray(start, end))) return lines
    lines++
    start = end + 1
  }
  return lines
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

export function newlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}
