import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Room } from '../copies/store.ts'
import type { ContentKept } from './lines.ts'

/** Content as it passes: its size and digest always, its bytes within a limit. */
export interface Collected {
  readonly data: (chunk: Uint8Array) => void
  /** What is kept of it; asked once, at its end. */
  readonly kept: () => ContentKept
  /** Gives the room back. */
  readonly empty: () => void
}

export function collect(room: Room): Collected {
  const store = room.open()
  let hash: ReturnType<typeof createHash> | undefined
  let bytes = 0
  let left: 'too large' | 'no room' | undefined
  return {
    data(chunk) {
      hash ??= createHash('sha256')
      hash.update(chunk)
      bytes += chunk.length
      if (left !== undefined) return
      const kept = store.keep(chunk)
      if (kept === 'kept') return
      left = kept === 'too large' ? kept : 'no room'
      store.empty()
    },
    kept() {
      const sha256 = hash?.digest('hex')
      const digest = sha256 !== undefined && { sha256 }
      return left === undefined ? { bytes, ...digest, ...inJson(store.whole()) } : { bytes, ...digest, left }
    },
    empty: store.empty,
  }
}

/** Content that came whole, of which no more than so many bytes are kept. */
export function contentKept(body: Uint8Array, maxBody: number): ContentKept {
  const digest = body.length > 0 && { sha256: createHash('sha256').update(body).digest('hex') }
  const kept = body.length > maxBody ? { left: 'too large' as const } : inJson(body)
  return { bytes: body.length, ...digest, ...kept }
}

/** Bytes as text where they are UTF-8, which is read back as the same bytes. */
function inJson(body: Uint8Array): Pick<ContentKept, 'text' | 'base64'> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length)
  return isUtf8(bytes) ? { text: bytes.toString('utf8') } : { base64: bytes.toString('base64') }
}

/** The bytes; undefined where they were not kept. */
export function bytesKept({ text, base64 }: ContentKept): Uint8Array | undefined {
  if (text !== undefined) return Buffer.from(text, 'utf8')
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64')
}
