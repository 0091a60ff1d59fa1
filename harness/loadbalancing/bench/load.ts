import type { Bench } from './open-bench.ts'
import type { Answer } from './visitor.ts'

/** An answer of a load, with the moment at which it ended. */
export interface Loaded extends Answer {
  /** Milliseconds, by `clock.elapsed` of the bench. */
  readonly at: number
}

/** Visitors who ask one request after another, on connections that they keep, until they are told to end. */
export interface Load extends AsyncDisposable {
  /** What came so far. */
  readonly answers: readonly Loaded[]
  /** Waits for the answers that are still under way. */
  readonly end: () => Promise<readonly Loaded[]>
}

export function startLoad(bench: Bench, { visitors }: { readonly visitors: number }): Load {
  const answers: Loaded[] = []
  const over = new AbortController()
  const come = async (): Promise<void> => {
    using one = bench.visitor()
    while (!over.signal.aborted && !bench.signal.aborted) {
      const answer = await one.ask()
      answers.push({ ...answer, at: bench.clock.elapsed() })
    }
  }
  const all = Promise.all(Array.from({ length: visitors }, come))
  const end = async (): Promise<readonly Loaded[]> => {
    over.abort()
    await all
    return answers
  }
  return {
    answers,
    end,
    async [Symbol.asyncDispose]() {
      await end()
    },
  }
}
