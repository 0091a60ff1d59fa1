import type { Bench } from './open-bench.ts'

export interface SettledOptions {
  readonly withinMs: number
  readonly bench: Pick<Bench, 'clock' | 'signal'>
}

/**
 * Looks again until it is as wanted, or until the time is over, and gives what it saw last: a balancer that never comes to it is
 * a finding, and no question that could not be put.
 */
export async function settled<T>(
  look: () => Promise<T>,
  isWanted: (seen: T) => boolean,
  { withinMs, bench: { clock, signal } }: SettledOptions,
): Promise<T> {
  const began = clock.elapsed()
  for (;;) {
    const seen = await look()
    if (isWanted(seen) || clock.elapsed() - began > withinMs) return seen
    await clock.pause(25, signal)
  }
}
