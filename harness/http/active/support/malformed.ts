import type { Exchange } from '../../../wire/index.ts'
import type { ProbeContext } from '../../probe-context.ts'
import { rawRequest } from './raw-request.ts'
import type { Reaction } from './reaction.ts'
import { patienceMs, reactionOf } from './reaction.ts'

/** What a server did about a request that it should refuse, and with the connection afterwards. */
export interface AfterMalformed {
  readonly reaction: Reaction
  /** A second response came, though one request was sent. */
  readonly extra: boolean
  /** The next request on the connection. */
  readonly next: Reaction | { readonly kind: 'not-asked' }
  /** What the page answers by itself. */
  readonly base: number
}

/** Sends field lines and content as they stand, and then, where the connection is kept, a plain request. */
export async function afterMalformed(
  { url, base, connect }: ProbeContext,
  lines: readonly string[],
  content: string,
): Promise<AfterMalformed> {
  await using connection = await connect()
  const first = await connection.send({
    url: url.href,
    raw: rawRequest(url, lines, content),
    deadlineMs: patienceMs,
  })
  const reaction = reactionOf(first)
  const extra = hasExtra(first)
  if (extra || reaction.kind !== 'answered' || !connection.open) {
    return { reaction, extra, next: { kind: 'not-asked' }, base: base.response.status }
  }
  // Closing lets us see whether more answers come than were asked for.
  const second = await connection.send({ url: url.href, fields: [['Connection', 'close']], deadlineMs: patienceMs })
  // A request that was hidden in the content may be answered just before the next one is sent, or instead of it.
  const unasked = second.trouble?.kind === 'protocol' ? second.trouble.message : undefined
  if (unasked !== undefined || hasExtra(second)) {
    const answeredTwice = unasked === undefined || unasked.includes('"HTTP/')
    return { reaction, extra: answeredTwice, next: { kind: 'not-asked' }, base: base.response.status }
  }
  return { reaction, extra, next: reactionOf(second), base: base.response.status }
}

/** The malformed request was taken for a whole one: it was served, and the connection carries the next. */
export function isAccepted({ reaction, next, base }: AfterMalformed): boolean {
  const served = reaction.kind === 'answered' && reaction.status < 400
  return served && next.kind === 'answered' && next.status === base
}

/** Content was answered as if it were a request: at once, or in place of the next one. */
export function isSplit({ reaction, extra, next, base }: AfterMalformed): boolean {
  // A refusal that is followed by another refusal is one server that went on reading: harmless.
  if (reaction.kind !== 'answered' || reaction.status >= 400) return false
  return extra || (next.kind === 'answered' && next.status !== base)
}

// Bytes that are no response come from a wrong length, which says nothing of how the request was read.
function hasExtra({ response }: Exchange): boolean {
  return response?.problems.some(({ code, excerpt }) => code === 'extra-bytes' && excerpt.startsWith('HTTP/')) ?? false
}

/** For examples: an answer of that status. */
export const answered = (status: number): Reaction => ({ kind: 'answered', status, allow: undefined })

/** For examples: the request was refused and the connection closed, as it should be, but for what is given. */
export const refused = (more: Partial<AfterMalformed> = {}): AfterMalformed => ({
  reaction: answered(400),
  extra: false,
  next: { kind: 'closed' },
  base: 200,
  ...more,
})
