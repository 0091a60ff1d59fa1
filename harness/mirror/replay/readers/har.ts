import { readHar } from '../../../wire/recordings/har.ts'
import type { RecordedExchange } from '../../../wire/recordings/index.ts'
import type { Unplayed } from '../../copies/ledger.ts'
import type { Answer, Asked } from '../../exchange.ts'
import type { Recorded, TrafficReader } from '../traffic.ts'

/** HAR 1.2, as browsers and proxies save it (http://www.softwareishard.com/blog/har-12-spec/). */
export const har: TrafficReader = {
  id: 'har',
  title: 'HAR',
  takes: (start) => /^(?:\u00ef\u00bb\u00bf)?\s*\{\s*"log"/.test(start),
  lacks: [],
  async *read(source, { name, host: given }) {
    let own = given?.toLowerCase()
    let number = 0
    for await (const entry of readHar(source, name)) {
      number++
      const where = `entry ${number}`
      if (entry.is === 'unreadable') yield { is: 'unread', where, why: entry.error.message }
      else if (entry.is === 'foreign') yield { is: 'unread', where, why: entry.why }
      else {
        const { host } = new URL(entry.exchange.request.url)
        own ??= host
        yield recordedOf(entry, { where, isOwn: host === own })
      }
    }
  },
}

function recordedOf(
  { exchange, connection }: RecordedExchange,
  { where, isOwn }: { readonly where: string; readonly isOwn: boolean },
): Recorded {
  const { request, receivedAt, timing } = exchange
  return {
    is: 'request',
    where,
    asked: { method: request.method, target: request.target, fields: fieldsOf(exchange) },
    body: request.body.length === 0 ? undefined : request.body,
    at: receivedAt - timing.firstByteMs,
    grain: 1,
    ms: exchange.response === undefined ? undefined : timing.totalMs,
    connection,
    address: undefined,
    answer: answerOf(exchange),
    ...(!isOwn && { unplayable: 'for another host' as const }),
  }
}

/** HTTP/2 tells the host in a pseudo-field, which HAR has in the URL too. */
function fieldsOf({ request }: RecordedExchange['exchange']): Asked['fields'] {
  const fields = request.fields.flatMap(({ name, value }) => [name, value])
  const hasHost = request.fields.some(({ name }) => name.toLowerCase() === 'host')
  return hasHost ? fields : ['Host', new URL(request.url).host, ...fields]
}

function answerOf({ response, timing }: RecordedExchange['exchange']): Answer | Unplayed {
  if (response === undefined) return 'no whole answer was recorded'
  if (!response.complete) return 'content was not kept'
  return {
    status: response.status,
    message: response.reason,
    fields: response.fields.flatMap(({ name, value }) => [name, value]),
    body: response.body,
    trailers: [],
    ms: timing.totalMs,
  }
}
