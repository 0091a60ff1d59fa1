import { Pool } from 'undici'
import type { Random } from '../kernel/index.ts'
import { systemClock, UsageError } from '../kernel/index.ts'
import { inputProblems } from '../input/index.ts'
import type { Mirror } from './open-mirror.ts'
import type { MirrorSection, TrafficRequest } from './section.ts'
import { trafficRequest } from './section.ts'

export interface Sending extends Pick<MirrorSection, 'requests' | 'connections'> {
  readonly traffic: MadeTraffic
  readonly random: Random
  /** Copies that may wait for their answer; while there are as many, users wait. */
  readonly open: number
  readonly signal: AbortSignal
}

/** Traffic that is made here, and not read from a file. */
type MadeTraffic = Exclude<MirrorSection['traffic'], string>

/** Milliseconds between two looks whether copies have become fewer. */
const lookMs = 5

/**
 * Sends traffic through a mirror over kept connections, as users would. Nobody else waits behind it, so it does not run ahead of a
 * slow candidate: no copy is dropped for want of room.
 *
 * @returns requests that were not answered
 * @throws UsageError for a function that gives no request
 */
export async function sendTraffic({ url, counts }: Pick<Mirror, 'url' | 'counts'>, sending: Sending): Promise<number> {
  const { traffic, requests, connections, random, open, signal } = sending
  const pool = new Pool(url.origin, { connections, pipelining: 1 })
  let [next, unanswered] = [0, 0]
  const one = async (): Promise<void> => {
    while (next < requests && !signal.aborted) {
      const { method, path, fields, body } = requestOf(traffic, next++, random)
      while (counts().open >= open) await systemClock.pause(lookMs, signal)
      const answered = await pool
        .request({ method, path, headers: fields, body: body ?? null, signal })
        .then(({ body: content }) => content.dump({ limit: Number.MAX_SAFE_INTEGER }))
        .then(
          () => true,
          () => false,
        )
      if (!answered) unanswered++
    }
  }
  try {
    await Promise.all(Array.from({ length: connections }, one))
    signal.throwIfAborted()
    return unanswered
  } finally {
    await pool.destroy()
  }
}

function requestOf(traffic: MadeTraffic, at: number, random: Random): TrafficRequest {
  if (typeof traffic !== 'function') {
    const request = traffic[at % traffic.length]
    if (request === undefined) throw new TypeError('the traffic has no request')
    return request
  }
  const input: unknown = traffic(random, at)
  const { success, data, error } = trafficRequest.safeParse(input)
  if (success) return data
  const [problem] = inputProblems(error, { name: `darkLaunch.traffic(random, ${at})`, schema: trafficRequest, input })
  throw problem ?? new UsageError({ path: 'darkLaunch.traffic', given: 'no request', wanted: 'a request' })
}
