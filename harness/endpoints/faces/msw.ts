import type { HttpHandler } from 'msw'
import { delay, http, HttpResponse } from 'msw'
import type { Endpoint } from '../core/index.ts'
import { connectionReset, fromFetch } from './fetch-request.ts'
import type { InProcessOptions } from './in-process.ts'
import { originsOf } from './in-process.ts'
import { delayOf, wholeReply } from './whole-reply.ts'

/**
 * An endpoint as msw handlers, for `setupServer(...mswHandlers(endpoint))`; listen with `onUnhandledFrame: 'error'`,
 * so that nothing reaches the real cloud.
 */
export function mswHandlers(endpoint: Endpoint, options: InProcessOptions = {}): HttpHandler[] {
  return originsOf(endpoint, options).map((origin) =>
    http.all(new RegExp(`^(?:${origin.source})/`, origin.flags), async ({ request }) => {
      const delivery = await endpoint.answer(await fromFetch(request))
      if (delivery.kind === 'silence') {
        await delay('infinite')
        return HttpResponse.error()
      }
      await delay(delayOf(delivery))
      if (delivery.kind === 'reset') return HttpResponse.error()
      const { status, fields, body } = wholeReply(delivery.reply, endpoint.clock)
      const headers = new Headers()
      for (const [name, value] of fields) headers.append(name, value)
      const content = delivery.kind === 'cut' ? cutStream(body.subarray(0, delivery.bytes)) : new Uint8Array(body)
      const empty = request.method === 'HEAD' || status === 204 || status === 304
      return new HttpResponse(empty ? null : content, { status, headers })
    }),
  )
}

function cutStream(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let sent = false
  return new ReadableStream({
    async pull(controller) {
      // The interceptor drops what it has not handed on yet when the stream fails: one turn for the head and the bytes.
      await new Promise((resolve) => setImmediate(resolve))
      if (sent) controller.error(connectionReset())
      else controller.enqueue(bytes)
      sent = true
    },
  })
}
