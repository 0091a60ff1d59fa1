/** Content that is kept for a while, piece by piece. */
export interface Store {
  /** Takes a piece, unless this content or all that is kept would become too large. */
  readonly keep: (chunk: Uint8Array) => 'kept' | 'too large' | 'store full'
  /** What was kept, in one piece. */
  readonly whole: () => Uint8Array
  readonly size: () => number
  /** Gives the room back. */
  readonly empty: () => void
}

/** Room for content in memory, shared by all that is kept at once. */
export interface Room {
  readonly open: () => Store
  /** Bytes that are kept now. */
  readonly held: () => number
}

const nothing = new Uint8Array()

/**
 * @param each bytes that one content may have
 * @param all bytes that all of them together may have
 */
export function openRoom(each: number, all: number): Room {
  let held = 0
  return {
    held: () => held,
    open() {
      let chunks: Uint8Array[] = []
      let size = 0
      return {
        keep(chunk) {
          if (size + chunk.length > each) return 'too large'
          if (held + chunk.length > all) return 'store full'
          size += chunk.length
          held += chunk.length
          chunks.push(chunk)
          return 'kept'
        },
        whole() {
          if (chunks.length > 1) chunks = [Buffer.concat(chunks)]
          return chunks[0] ?? nothing
        },
        size: () => size,
        empty() {
          held -= size
          size = 0
          chunks = []
        },
      }
    },
  }
}
