import { messageOf, SeatrialError } from '../../kernel/index.ts'
import { version } from '../../version.ts'
import type { EndpointClock } from './clock.ts'
import type { CoverageReport } from './coverage.ts'
import type { Delivery, MockRequest } from './message.ts'
import { jsonReply, pathOf, queryOf } from './message.ts'

const prefix = '/_seatrial/'

export interface Controlled {
  readonly id: string
  readonly clock: EndpointClock
  readonly reset: (namespace?: string) => boolean
  readonly coverage: () => CoverageReport
  /** Puts another fault plan in place. @throws UsageError for a plan that names what there is not */
  readonly plan: (plan: unknown) => Promise<void>
  readonly own: Readonly<Record<string, (rest: string, body: unknown) => unknown>>
  readonly foreign: Readonly<Record<string, () => unknown>>
}

type Route = (of: Controlled, rest: string, body: unknown, query: URLSearchParams) => unknown

const routes: Readonly<Record<string, Route>> = {
  'GET health': ({ id }) => ({ ready: true, endpoint: id, version }),
  'POST reset'({ reset }, _rest, body, query) {
    const namespace = query.get('namespace') ?? textOf(body, 'namespace')
    return reset(namespace) ? { reset: namespace ?? 'everything' } : undefined
  },
  'GET coverage': ({ coverage }) => coverage(),
  'GET clock': ({ clock }) => ({ mode: clock.mode, now: new Date(clock.now()).toISOString() }),
  'POST clock'({ clock }, _rest, body) {
    clock.advance(numberOf(body, 'advanceMs'))
    return { now: new Date(clock.now()).toISOString() }
  },
  async 'PUT faults'({ plan, coverage }, _rest, body) {
    await plan(body)
    return { faults: coverage().faults }
  },
}

/**
 * The control channel, on paths that no cloud has: `/_seatrial/health`, `reset`, `coverage`, `clock`, `faults`, and
 * what the endpoint adds. Undefined for every other path.
 */
export async function control(of: Controlled, request: MockRequest): Promise<Delivery | undefined> {
  const path = pathOf(request)
  const foreign = of.foreign[`${request.method} ${path}`]
  if (foreign !== undefined) return jsonReply(200, foreign())
  if (!path.startsWith(prefix)) return undefined
  const [name = '', ...rest] = path.slice(prefix.length).split('/')
  const key = `${request.method} ${name}`
  try {
    const body = parsed(request.body)
    const own = of.own[key]
    const route = routes[key]
    if (own === undefined && route === undefined) return unknown(of, key)
    const query = new URLSearchParams(queryOf(request))
    const answer = await (own === undefined ? route?.(of, rest.join('/'), body, query) : own(rest.join('/'), body))
    return answer === undefined ? notThere(path) : jsonReply(200, answer)
  } catch (error) {
    const mend = error instanceof SeatrialError ? { mend: error.mend } : {}
    return jsonReply(400, { error: messageOf(error), ...mend })
  }
}

function unknown(of: Controlled, key: string): Delivery {
  const known = [...Object.keys(routes), ...Object.keys(of.own)].map((each) => each.replace(' ', ` ${prefix}`))
  return jsonReply(404, {
    error: `there is no ${key.replace(' ', ` ${prefix}`)}`,
    mend: `Use one of: ${known.join(', ')}`,
  })
}

function notThere(path: string): Delivery {
  return jsonReply(404, { error: `${path}: there is nothing of that name`, mend: 'Ask for one that the endpoint has.' })
}

function parsed(body: Uint8Array): unknown {
  const text = new TextDecoder().decode(body).trim()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new SeatrialError('SEATRIAL_CONTROL', `the body is no JSON: ${messageOf(error)}`, {
      mend: 'Send a JSON object, or no body.',
    })
  }
}

function textOf(body: unknown, key: string): string | undefined {
  if (typeof body !== 'object' || body === null || !(key in body)) return undefined
  const value = Object.entries(body).find(([name]) => name === key)?.[1]
  if (typeof value === 'string') return value
  throw new SeatrialError('SEATRIAL_CONTROL', `${key} is no text`, { mend: `Send { "${key}": "..." }.` })
}

function numberOf(body: unknown, key: string): number {
  const value =
    typeof body === 'object' && body !== null ? Object.entries(body).find(([name]) => name === key)?.[1] : undefined
  if (typeof value === 'number') return value
  throw new SeatrialError('SEATRIAL_CONTROL', `${key} is no number`, { mend: `Send { "${key}": 1000 }.` })
}
