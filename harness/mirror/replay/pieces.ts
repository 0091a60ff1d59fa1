/** A part of a file between two separators. */
export interface Piece {
  /** Counted from 1. */
  readonly number: number
  /** Undefined where it was too long to be kept. */
  readonly bytes: Buffer | undefined
  /** False for the last one, when no separator stands behind it: whoever wrote it may not have been finished. */
  readonly isEnded: boolean
}

export const newline = Buffer.from('\n')

/** Cuts bytes at a separator with one piece in memory; one of more than `longest` bytes is passed over. */
export async function* pieces(
  source: AsyncIterable<Uint8Array>,
  separator: Buffer,
  longest: number,
): AsyncGenerator<Piece> {
  let number = 1
  let kept: Uint8Array[] = []
  let size = 0
  // A separator may stand across two chunks.
  let tail: Uint8Array = Buffer.alloc(0)
  const keep = (bytes: Uint8Array): void => {
    size += bytes.length
    if (size > longest) kept = []
    else if (bytes.length > 0) kept.push(bytes)
  }
  const piece = (isEnded: boolean): Piece => {
    const bytes = size > longest ? undefined : Buffer.concat(kept)
    kept = []
    size = 0
    return { number: number++, bytes, isEnded }
  }
  for await (const chunk of source) {
    const window =
      tail.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([tail, chunk])
    let start = 0
    for (let end = window.indexOf(separator); end >= 0; end = window.indexOf(separator, start)) {
      keep(window.subarray(start, end))
      yield piece(true)
      start = end + separator.length
    }
    const rest = Math.max(start, window.length - separator.length + 1)
    keep(window.subarray(start, rest))
    tail = window.subarray(rest)
  }
  keep(tail)
  if (size > 0) yield piece(false)
}
