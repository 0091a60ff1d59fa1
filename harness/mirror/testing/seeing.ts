import type { MirrorSeen } from '../seen.ts'

/** An observation for the examples of a check: a thousand pairs without a difference, and what is said otherwise. */
export function seeing(given: Partial<MirrorSeen> = {}): MirrorSeen {
  return {
    candidate: 'http://127.0.0.1:8081',
    counts: { requests: 1_000, open: 0, fates: { 'compared equal': 1_000 } },
    pairs: 1_000,
    weighed: { suspects: [], noise: 0, sees: 0.003, undecided: [] },
    askedAgain: 0,
    unanswered: [],
    latency: { pairs: 1_000, ratio: 1, from: 0.9, to: 1.1 },
    slowest: 1.5,
    ...given,
  }
}
