import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { messageOf } from '../kernel/index.ts'

/** Decoded content may be this large, bytes; a bomb stops here. */
const decodedLimitBytes = 32 * 1024 * 1024

export type Decoded =
  | { readonly state: 'decoded'; readonly body: Uint8Array }
  | { readonly state: 'unknown-coding'; readonly coding: string }
  | { readonly state: 'corrupt'; readonly coding: string; readonly why: string }
  | { readonly state: 'too-large'; readonly coding: string; readonly limitBytes: number }

type Decoder = (body: Uint8Array) => Uint8Array

const limit = { maxOutputLength: decodedLimitBytes }
const decoders: Readonly<Record<string, Decoder>> = {
  gzip: (body) => gunzipSync(body, limit),
  'x-gzip': (body) => gunzipSync(body, limit),
  br: (body) => brotliDecompressSync(body, limit),
  zstd: unzstd,
  identity: (body) => body,
  // RFC 9110 section 8.4.1.2: zlib format, though some servers send raw deflate.
  deflate: (body) => ((body[0] ?? 0) % 16 === 8 ? inflateSync(body, limit) : inflateRawSync(body, limit)),
}

/** Every frame of the content: it may be several, one behind the other (RFC 8878 section 3.1). */
function unzstd(body: Uint8Array): Uint8Array {
  const frames: Uint8Array[] = []
  let size = 0
  // Node stops after the first frame without a word, so what it took is asked each time.
  for (let rest = body; rest.length > 0;) {
    // With `info` the answer is this pair (zlib.Options.info), which the types do not tell.
    const { buffer, engine } = zstdDecompressSync(rest, {
      maxOutputLength: decodedLimitBytes - size,
      info: true,
    }) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } }
    frames.push(buffer)
    size += buffer.length
    rest = rest.subarray(engine.bytesWritten)
  }
  return Buffer.concat(frames)
}

/** Undoes Content-Encoding, last coding first (RFC 9110 section 8.4). Never throws. */
export function decodeContent(contentEncoding: string | undefined, body: Uint8Array): Decoded {
  const codings = (contentEncoding ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '')
  let decoded = body
  for (const coding of codings.toReversed()) {
    const decoder = decoders[coding]
    if (decoder === undefined) return { state: 'unknown-coding', coding }
    if (decoded.length === 0) continue
    try {
      decoded = decoder(decoded)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      return code === 'ERR_BUFFER_TOO_LARGE'
        ? { state: 'too-large', coding, limitBytes: decodedLimitBytes }
        : { state: 'corrupt', coding, why: messageOf(error) }
    }
  }
  return { state: 'decoded', body: decoded }
}
