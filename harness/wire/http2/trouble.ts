import type { Trouble } from '../exchange.ts'
import { codeOf, troubleKindOf, troubleMessageOf } from '../trouble-of.ts'

/**
 * What ended a stream before its response was whole. node:http2 has one error code for every
 * error of the peer, so the names of RFC 9113 section 7 are read from its words.
 *
 * @param spoken whether the peer has sent its SETTINGS, the first thing that HTTP/2 says
 */
export function streamTrouble(error: Error | undefined, spoken: boolean): Pick<Trouble, 'kind' | 'message'> {
  if (error === undefined) {
    return spoken
      ? { kind: 'closed-early', message: 'the stream ended before the response was whole' }
      : { kind: 'closed-early', message: 'the connection ended before the server said anything in HTTP/2' }
  }
  const message = troubleMessageOf(error)
  const code = codeOf(error)
  if (!code.startsWith('ERR_HTTP2_')) return { kind: troubleKindOf(error, 'protocol'), message }
  if (!spoken) return { kind: 'protocol', message: `the server does not speak HTTP/2 (${message})` }
  // The only place where our side gives this code is a header list past its limit.
  if (message.includes('ENHANCE_YOUR_CALM')) return { kind: 'head-too-large', message }
  return {
    kind: /PROTOCOL_ERROR|COMPRESSION_ERROR|FRAME_SIZE_ERROR|FLOW_CONTROL_ERROR|ERR_HTTP2_ERROR/.test(
      `${code} ${message}`,
    )
      ? 'protocol'
      : 'reset',
    message,
  }
}
