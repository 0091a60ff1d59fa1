/** A line of a text, counted from 1; without its text where it was too long to be kept. */
export interface TextLine {
  readonly number: number
  readonly text: string | undefined
}

const LF = 10

/**
 * Cuts bytes into lines of UTF-8 text at LF, with at most one line in memory. A line of more
 * bytes than `longest` is passed over and comes without its text. Empty lines are counted and left out.
 */
export async function* linesOf(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  longest: number,
): AsyncGenerator<TextLine> {
  let number = 1
  let pending: Uint8Array[] = []
  let size = 0
  const take = (last: Uint8Array): TextLine | undefined => {
    const tooLong = size + last.length > longest
    const text = tooLong ? undefined : asText(pending.length === 0 ? [last] : [...pending, last], number)
    const line = text === '' ? undefined : { number, text }
    pending = []
    size = 0
    number += 1
    return line
  }
  for await (const chunk of source) {
    let start = 0
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      const line = take(chunk.subarray(start, end))
      if (line !== undefined) yield line
      start = end + 1
    }
    size += chunk.length - start
    if (size > longest) pending = []
    else if (start < chunk.length) pending.push(chunk.subarray(start))
  }
  if (size > 0) {
    const line = take(new Uint8Array())
    if (line !== undefined) yield line
  }
}

function asText(parts: readonly Uint8Array[], number: number): string {
  const text = Buffer.concat(parts).toString('utf8').trim()
  return number === 1 ? text.replace(/^\uFEFF/, '') : text
}
