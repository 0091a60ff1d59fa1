import type { Unsettled } from '../kernel/index.ts'
import type { CacheCase, CaseRequest } from './case.ts'
import { givenOf } from './case.ts'
import type { Mismatch } from './mismatch.ts'
import { mismatch } from './mismatch.ts'
import type { Transcript } from './transcript.ts'

/** What became of one case. */
export type CaseOutcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly request: number; readonly wanted: string; readonly seen: string }
  | ({ readonly kind: 'unsettled' } & Unsettled)

/**
 * Judges a transcript. Pure. What goes wrong before the thing in question is unsettled: a cache
 * that never stored cannot be asked what it would have done.
 */
export function judge(subject: CacheCase, transcript: Transcript): CaseOutcome {
  for (const [index, request] of subject.requests.entries()) {
    const number = index + 1
    const heard = transcript.heard[index]
    if (typeof heard === 'string' && needsNothing(request)) continue
    if (heard === undefined || typeof heard === 'string') {
      // A cache that says nothing where an answer was in question has failed; elsewhere nobody can tell.
      if (typeof heard === 'string' && request.expect !== undefined && transcript.unsettled === undefined) {
        return { kind: 'failed', request: number, wanted: 'an answer', seen: heard }
      }
      return { kind: 'unsettled', ...(transcript.unsettled ?? notReached(number, heard)) }
    }
    const missing = mismatch(givenOf(request), number, heard, transcript)
    if (missing !== undefined) return { kind: 'unsettled', ...notGiven(number, missing) }
    const wrong = request.expect === undefined ? undefined : mismatch(request.expect, number, heard, transcript)
    if (wrong?.refused === true) return { kind: 'unsettled', ...notGiven(number, wrong) }
    if (wrong !== undefined) return { kind: 'failed', request: number, wanted: wrong.wanted, seen: wrong.seen }
  }
  return { kind: 'passed' }
}

/** Nothing is asked of the answer: that none came, where the origin broke off, is an answer too. */
function needsNothing({ given, expect }: CaseRequest): boolean {
  return given !== undefined && Object.keys(given).length === 0 && expect === undefined
}

function notGiven(number: number, { wanted, seen }: Mismatch): Unsettled {
  return {
    because: 'prerequisite',
    why: `request ${number} of the case: needed ${wanted}; seen: ${seen}`,
    mend: 'Look at what the cache does with that request alone; list the case as unsettled when it is meant to do so.',
  }
}

function notReached(number: number, heard: string | undefined): Unsettled {
  return {
    because: heard === undefined ? 'harness' : 'setup',
    why: `request ${number} of the case: ${heard ?? 'was never sent'}`,
    mend: 'Read the log of the cache, and run the case alone with --only.',
  }
}
