import { cacheControlOf } from './grammar/cache-control.ts'
import { readHttpDate } from './grammar/http-date.ts'
import type { Message } from './message.ts'

/** Statuses that a cache may keep without being told for how long (RFC 9110 section 15.1). */
export const heuristicStatuses: ReadonlySet<number> = new Set([
  200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501,
])

const dateOf = ({ response, now }: Message, name: string): number | undefined => {
  const [line] = response.fields.all(name)
  return line === undefined ? undefined : readHttpDate(line, now)?.ms
}

/** When the response was made: Date, or its arrival (RFC 9111 section 4.2.1). Milliseconds. */
export function originated(message: Message): number {
  return dateOf(message, 'date') ?? message.now
}

/**
 * Seconds that the response says it stays fresh (RFC 9111 section 4.2.1); undefined when it does
 * not say. An Expires that is no date means already expired (section 5.3).
 */
export function explicitLifetime(message: Message, cache: 'shared' | 'private'): number | undefined {
  const { response } = message
  const directives = cacheControlOf(response.fields)
  const said = (cache === 'shared' ? directives.seconds('s-maxage') : undefined) ?? directives.seconds('max-age')
  if (said !== undefined) return said
  if (!response.fields.has('expires')) return undefined
  const expires = dateOf(message, 'expires')
  return expires === undefined ? 0 : (expires - originated(message)) / 1000
}

/** Seconds since the response was made, as far as Age and Date tell (RFC 9111 section 4.2.3). */
export function currentAge(message: Message): number {
  const age = message.response.fields.all('age')[0] ?? ''
  const told = /^\d+$/.test(age) ? Number(age) : 0
  return Math.max(told, (message.now - originated(message)) / 1000, 0)
}

/** True where no cache at all may keep the response, or the method has nothing to keep. */
export function isUnstorable({ request, response }: Message): boolean {
  const method = request.method
  return (method !== 'GET' && method !== 'HEAD') || cacheControlOf(response.fields).has('no-store')
}

/** True where a shared cache may keep the response for a time that the response itself gives. */
export function isSharedFresh(message: Message): boolean {
  if (isUnstorable(message)) return false
  const directives = cacheControlOf(message.response.fields)
  if (directives.has('private') || directives.has('no-cache')) return false
  return (explicitLifetime(message, 'shared') ?? 0) > 0
}

/** True where there is something to revalidate with (RFC 9110 section 8.8). */
export function hasValidator({ response }: Message): boolean {
  return response.fields.has('etag') || response.fields.has('last-modified')
}
