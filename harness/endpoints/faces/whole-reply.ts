import type { Delivery, EndpointClock, Field, MockReply } from '../core/index.ts'
import { bodyBytes } from '../core/index.ts'

export interface WholeReply {
  readonly status: number
  readonly fields: readonly Field[]
  readonly body: Uint8Array
}

/** The reply as every face sends it: with its length, and with the date of the endpoint's own clock. */
export function wholeReply(reply: MockReply, clock: EndpointClock): WholeReply {
  const body = bodyBytes(reply)
  const bodiless = reply.status === 204 || reply.status === 304
  return {
    status: reply.status,
    fields: [
      ...reply.fields,
      ...(bodiless ? [] : [['Content-Length', String(body.length)] as const]),
      ['Date', new Date(clock.now()).toUTCString()],
    ],
    body,
  }
}

/** Time that a fault puts before an answer, in milliseconds. */
export function delayOf(delivery: Delivery): number {
  return delivery.kind === 'silence' ? 0 : (delivery.afterMs ?? 0)
}
