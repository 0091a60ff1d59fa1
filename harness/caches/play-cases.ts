import type { Clock, RuleId, Unsettled } from '../kernel/index.ts'
import type { Exchange, WireClient } from '../wire/index.ts'
import type { Answer, CacheCase, CaseRequest } from './case.ts'
import { openControl } from './control.ts'
import { lanes } from './lanes.ts'
import { filled } from './placeholders.ts'
import type { Heard, OriginSaw, Transcript } from './transcript.ts'

export interface PlayOptions {
  readonly client: WireClient
  /** Origin of the cache: `http://127.0.0.1:32768`. */
  readonly cache: string
  /** Origin of the control channel. */
  readonly control: string
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Connections to the cache at once. */
  readonly connections: number
}

let runs = 0

/**
 * Between an answer and the next request of its case, milliseconds. A cache passes the last byte on before it has
 * finished storing, and nothing outside shows when it has: asked in that moment, some go to the origin instead.
 */
const storingMs = 250

/**
 * Plays cases against a cache, side by side: each waits its own seconds while the others go on, and
 * at most `connections` requests are under way at once.
 *
 * @throws SeatrialError `SEATRIAL_CACHES_CONTROL` (unsettled: setup)
 */
export async function playCases(
  cases: readonly CacheCase[],
  options: PlayOptions,
): Promise<ReadonlyMap<RuleId, Transcript>> {
  const { client, clock, signal } = options
  // Paths that no earlier run used: what a cache still holds of those must not answer for these.
  const run = `${clock.now().toString(36)}-${(runs += 1)}`
  const control = openControl(client, options.control, run, signal)
  const start = clock.now()
  const plays = cases.map((subject, index) => ({ subject, token: `${run}.${index + 1}` }))
  await control.upload(new Map(plays.map(({ subject, token }) => [token, scriptOf(subject, { start, token })])))
  const inLane = lanes(options.connections)
  const played = await Promise.all(
    plays.map(({ subject, token }) => playOne(subject, { ...options, token, start, inLane })),
  )
  const seen = await control.read()
  await control.forget()
  return new Map(
    plays.map(({ subject, token }, index) => [
      subject.id,
      { case: subject.id, token, start, heard: [], ...played[index], origin: sorted(seen.get(token) ?? []) },
    ]),
  )
}

interface Playing extends PlayOptions {
  readonly token: string
  readonly start: number
  readonly inLane: <T>(work: () => Promise<T>) => Promise<T>
}

async function playOne(subject: CacheCase, playing: Playing): Promise<Pick<Transcript, 'heard' | 'unsettled'>> {
  const { clock, signal } = playing
  // What is about requests at once must not wait its turn behind the others.
  const inLane = subject.requests.some(({ alongside }) => alongside) ? atOnce : playing.inLane
  const heard: Promise<Heard | string>[] = []
  let answered = 0
  for (const [index, request] of subject.requests.entries()) {
    if (request.alongside !== true) await heard.at(-1)
    const waits = request.alongside === true || index === 0 ? 0 : storingMs
    const pauseMs = Math.max(waits, (request.after ?? 0) * 1000)
    if (pauseMs > 0) await clock.pause(pauseMs, signal)
    if (request.alongside === true && answered > 0)
      return { heard: await Promise.all(heard), unsettled: tooLate(index) }
    heard.push(inLane(() => ask(request, index + 1, playing)).finally(() => (answered += 1)))
  }
  return { heard: await Promise.all(heard) }
}

function atOnce<T>(work: () => Promise<T>): Promise<T> {
  return work()
}

/** The case is about requests that are under way together, and these were not. */
function tooLate(index: number): Unsettled {
  return {
    because: 'harness',
    why: `request ${index} of the case was answered before request ${index + 1} could be sent beside it`,
    mend: 'Give the machine less to do at once, and try again.',
  }
}

async function ask(request: CaseRequest, number: number, playing: Playing): Promise<Heard | string> {
  const { client, cache, token, start, signal } = playing
  const place = { start, here: `/${token}` }
  const exchange = await client.send({
    url: `${cache}/${token}/${request.at ?? ''}`,
    method: request.method ?? 'GET',
    fields: [
      ...(request.fields ?? []).map(([name, value]) => [name, filled(value, place)] as const),
      ['Seatrial-Request', String(number)] as const,
    ],
    ...(request.body !== undefined && { body: request.body }),
    signal,
  })
  return heardOf(exchange)
}

function heardOf({ response, interim, trouble, receivedAt }: Exchange): Heard | string {
  if (response === undefined) return `no answer: ${trouble?.message ?? 'none came'}`
  const text = new TextDecoder('latin1').decode(response.body)
  return {
    status: response.status,
    fields: response.fields.map(({ name, value }) => [name, value] as const),
    trailers: response.trailers.map(({ name, value }) => [name, value] as const),
    body: text,
    interim: interim.map((head) => head.status),
    at: receivedAt,
  }
}

function scriptOf(subject: CacheCase, { start, token }: { readonly start: number; readonly token: string }): Answer[] {
  const place = { start, here: `/${token}` }
  return subject.requests.map(({ answer, given, expect }) => {
    const fields = (answer?.fields ?? []).map(([name, value]) => [name, filled(value, place)] as const)
    const conditional = answer?.conditional ?? (given?.from === 'validation' || expect?.from === 'validation')
    return { ...answer, fields, conditional }
  })
}

function sorted(seen: readonly OriginSaw[]): readonly OriginSaw[] {
  return seen.toSorted((one, other) => one.serial - other.serial)
}
