import { z } from 'zod'
import { SeatrialError } from '../kernel/index.ts'
import type { Exchange, WireClient } from '../wire/index.ts'
import type { Answer } from './case.ts'
import type { OriginSaw } from './transcript.ts'

const pairs = z.array(z.tuple([z.string(), z.string()]))
const seen = z.array(
  z.object({
    token: z.string(),
    serial: z.number(),
    request: z.number(),
    method: z.string(),
    target: z.string(),
    fields: pairs,
    at: z.number(),
    answer: z.object({ status: z.number(), fields: pairs }),
  }),
)

/** The way to the scripted origin that does not go through the cache. */
export interface Control {
  /** Takes the scripts of one run, by token. */
  readonly upload: (scripts: ReadonlyMap<string, readonly Answer[]>) => Promise<void>
  /** What the origin saw so far, by token. */
  readonly read: () => Promise<ReadonlyMap<string, readonly OriginSaw[]>>
  readonly forget: () => Promise<void>
}

/**
 * Opens the control channel of `fixtures/caches/origin` at a base URL, for one run.
 * All calls throw SeatrialError `SEATRIAL_CACHES_CONTROL` (unsettled: setup) when it does not answer.
 */
export function openControl(client: WireClient, base: string, run: string, signal: AbortSignal): Control {
  const call = async (method: string, body?: string): Promise<string> => {
    const url = `${base}/runs/${run}`
    const exchange = await client.send({ url, method, signal, ...(body !== undefined && { body }) })
    const { response } = exchange
    if (response?.status !== 200 || exchange.trouble !== undefined || response.cutOff) throw unanswered(exchange)
    return new TextDecoder().decode(response.body)
  }
  return {
    async upload(scripts) {
      await call('PUT', JSON.stringify(Object.fromEntries(scripts)))
    },
    async read() {
      const byToken = new Map<string, OriginSaw[]>()
      for (const { token, ...saw } of seen.parse(JSON.parse(await call('GET')))) {
        byToken.set(token, [...(byToken.get(token) ?? []), saw])
      }
      return byToken
    },
    async forget() {
      await call('DELETE')
    },
  }
}

function unanswered({ request, response, trouble }: Exchange): SeatrialError {
  const got = trouble?.message ?? `status ${response?.status ?? 'none'}`
  return new SeatrialError('SEATRIAL_CACHES_CONTROL', `the origin's control channel at ${request.url}: ${got}`, {
    mend: 'Let the part named as origin run fixtures/caches/origin, and give it ports [3000, 3001].',
    because: 'setup',
  })
}
