/**
 * The wire: what really goes over a socket.
 *
 *     client.send(request) --> Exchange: raw head, framing, interim responses, trailers, TLS facts, timing
 *     startFaultProxy()    --> a TCP proxy between client and server that delays, throttles, resets, half-opens
 */
export type * from './client.ts'
export { decodeContent } from './content-coding.ts'
export type { Decoded } from './content-coding.ts'
export { createClient } from './create-client.ts'
export type * from './exchange.ts'
export * from './fields.ts'
export * from './fault-proxy/index.ts'
