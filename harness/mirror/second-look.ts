import type { Dispatcher } from 'undici'
import type { Clock, Random } from '../kernel/index.ts'
import type { Comparer } from './compare/compare.ts'
import type { Difference } from './compare/difference.ts'
import { openAskAgain } from './copies/ask-again.ts'
import type { CopyLimits } from './copies/open-copies.ts'
import type { Answer } from './exchange.ts'
import { safeMethods } from './exchange.ts'
import { openAgainTally } from './noise/asked-again.ts'
import type { RequestLine } from './noise/tally.ts'
import type { Weighed } from './noise/weigh.ts'

/** What is answered differently, looked at once more. */
export interface SecondLook {
  /** Returns at once; both are asked in their own time. */
  readonly differs: (request: RequestLine, found: readonly Difference[], first: Answer) => void
  /** Requests that were asked once more. */
  readonly count: () => number
  readonly weigh: (pairs: number, alpha: number) => Weighed
  readonly close: () => Promise<void>
}

export interface SecondLookOptions {
  /** Connections of its own, so that no client waits behind it; they are closed with it. */
  readonly primary: Dispatcher
  readonly candidate: Dispatcher
  readonly comparer: Comparer
  readonly limits: CopyLimits
  readonly clock: Clock
  readonly random: Random
}

/** Opens one for a mirror without a second primary. */
export function openSecondLook(options: SecondLookOptions): SecondLook {
  const { primary, candidate, comparer, limits, clock, random } = options
  const asking = openAskAgain({ primary, candidate, limits, clock, random })
  const tally = openAgainTally()
  let count = 0
  return {
    differs(request, found, first) {
      const isAskable = safeMethods.has(request.method) && request.bytes === 0
      tally.differs(request, found, isAskable)
      if (!isAskable || !tally.isWorthAsking(found)) return
      asking.ask(request, first)?.then(
        (again) => {
          count++
          tally.asked(request, found, {
            later: comparer(again.primary, again.candidate),
            twice: comparer(again.primary, again.second),
            own: comparer(again.primary, first),
          })
        },
        // Nobody knows what it would have shown: its places stay as undecided as they are.
        () => undefined,
      )
    },
    count: () => count,
    weigh: tally.weigh,
    async close() {
      await asking.close()
      await primary.destroy()
    },
  }
}
