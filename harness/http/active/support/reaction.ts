import { SeatrialError } from '../../../kernel/index.ts'
import type { Exchange } from '../../../wire/index.ts'

/**
 * What a server did about a request that it need not serve: it answered, it closed the
 * connection without a word, or it said nothing until time was up.
 */
export type Reaction =
  | { readonly kind: 'answered'; readonly status: number; readonly allow: string | undefined }
  | { readonly kind: 'closed' }
  | { readonly kind: 'silent' }

/** Milliseconds after which silence counts: a refusal takes no work. */
export const patienceMs = 3000

/**
 * Reads an exchange as a reaction.
 *
 * @throws SeatrialError `SEATRIAL_NO_ANSWER` when the server could not be reached at all
 */
export function reactionOf({ request, response, trouble }: Exchange): Reaction {
  if (response !== undefined) {
    const allow = response.fields.find(({ name }) => name.toLowerCase() === 'allow')?.value
    return { kind: 'answered', status: response.status, allow }
  }
  if (trouble !== undefined && trouble.phase !== 'connect' && trouble.phase !== 'tls') {
    if (trouble.kind === 'timeout') return { kind: 'silent' }
    if (trouble.kind === 'closed-early' || trouble.kind === 'reset') return { kind: 'closed' }
  }
  throw new SeatrialError(
    'SEATRIAL_NO_ANSWER',
    `no answer to ${request.method}: ${trouble?.kind ?? 'nothing'}: ${trouble?.message ?? ''}`,
    {
      mend: 'Ask the same with --only and look at the server and its log.',
      because: trouble?.kind === 'timeout' ? 'timeout' : 'prerequisite',
    },
  )
}

/** An answer that means "the server broke on this"; 501 and 505 are honest refusals. */
export function isServerFailure(status: number): boolean {
  return status >= 500 && status !== 501 && status !== 505
}
