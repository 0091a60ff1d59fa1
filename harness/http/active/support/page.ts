import type { NotApplicable } from '../../../kernel/index.ts'
import type { Fields } from '../../../wire/index.ts'
import { explicitLifetime, isSharedFresh } from '../../cacheability.ts'
import { parseHttpDate } from '../../grammar/http-date.ts'
import { splitList } from '../../grammar/list.ts'
import type { Message } from '../../message.ts'
import { mediaTypeOf } from '../../page.ts'
import type { ProbeContext } from '../../probe-context.ts'

/** Why a probe that compares answers has nothing to stand on; undefined when it has. */
export function noPage({ base }: ProbeContext): NotApplicable | undefined {
  const { status, complete } = base.response
  if (status !== 200) return { notApplicable: `the page answers ${status}, not 200` }
  if (!complete) return { notApplicable: 'the page is longer than what is kept of it' }
  return undefined
}

/** The same bytes under the same content coding. */
export function sameContent(a: Message, b: Message): boolean {
  const [one, other] = [a.response, b.response]
  return (
    (one.fields.get('content-encoding') ?? '') === (other.fields.get('content-encoding') ?? '') &&
    one.bodyBytes === other.bodyBytes &&
    Buffer.compare(one.body, other.body) === 0
  )
}

/**
 * Asks for the page again: true when it still is what it was before the probes. A difference
 * that was seen on a page that changes by itself proves nothing.
 */
export async function isStill({ base, ask }: ProbeContext): Promise<boolean> {
  const again = await ask()
  const validators = ['etag', 'last-modified']
  return (
    again.response.status === base.response.status &&
    sameContent(base, again) &&
    validators.every((name) => base.response.fields.get(name) === again.response.fields.get(name))
  )
}

/** True when a comma-separated list has the member, in any case. */
export function lists(value: string | undefined, member: string): boolean {
  return splitList(value ?? '').some((item) => item.toLowerCase() === member.toLowerCase())
}

/** True when Vary names the request field, or is `*` (RFC 9110 section 12.5.5). */
export function varies(fields: Fields, name: string): boolean {
  return lists(fields.get('vary'), name) || lists(fields.get('vary'), '*')
}

/** Media type without parameters, lower-case; empty when there is none that can be read. */
export function essence(message: Message): string {
  return mediaTypeOf(message)?.essence ?? ''
}

/** Seconds for which a response says outright that shared caches may reuse it; 0 when it says nothing, or forbids it. */
export function sharedSeconds(message: Message): number {
  return isSharedFresh(message) ? (explicitLifetime(message, 'shared') ?? 0) : 0
}

/** When the page says that it was last changed; undefined where that is no date, or too old to ask before it. */
export function lastModifiedOf({ response, now }: Message): string | undefined {
  const value = response.fields.get('last-modified')
  const date = value === undefined ? undefined : parseHttpDate(value, now)
  return date !== undefined && date.ms > Date.parse(longAgo) ? value : undefined
}

/** A date before anything on a server. */
export const longAgo = 'Thu, 01 Jan 1970 00:00:01 GMT'

/** An address of ours as people recognise it from run to run: no port; on the page's own host, only the path. */
export function shown(address: URL, page: URL): string {
  const path = `${address.pathname}${address.search}`
  return address.hostname === page.hostname && address.protocol === page.protocol
    ? path
    : `${address.protocol}//${address.hostname}${path}`
}
