import type { AnyRule, Check, CheckDefinition, CheckResult, Finding, RuleId } from '../kernel/index.ts'
import { isAsked, isSeatrialError, ofAsked, runCheck } from '../kernel/index.ts'
import { discover } from '../discover.ts'
import type { Declared } from './declared.ts'
import type { DesktopAnswer } from './desktop/ask-desktop.ts'
import type { LiveHost } from './live/live-host.ts'
import { notTold } from './live/live-host.ts'
import type { BootEnd } from './live/wait-for-boot.ts'
import type { Written } from './live/written.ts'

/** What a host was before it was started again, what it is afterwards, and what is declared. */
export interface LiveObservation {
  readonly declared: Declared
  /** Undefined when nobody looked before: what must be the same cannot be judged then. */
  readonly before: LiveHost | undefined
  /** Undefined when it did not answer afterwards. */
  readonly after: LiveHost | undefined
  readonly ended: BootEnd
  /** The console of the boot; empty where there is none. */
  readonly console: string
  /** How many times slower than it should be this place is, measured by a calibration boot; 1 when left out. */
  readonly slowness?: number
  /** The host before and after its procedure was run a second time; left out where there is none. */
  readonly repeated?: {
    readonly before: LiveHost
    readonly after: LiveHost
    readonly exitCode: number
    /** The end of what it wrote. */
    readonly output: string
  }
  /** `before` is the host that was, `after` the one that was made in its place; left out where there is one host only. */
  readonly remade?: Remade
  /** What somebody got who wanted the remote desktop after the boot; left out where nobody asked. */
  readonly desktop?: DesktopAnswer
  /** What was acknowledged before a power cut; left out where nobody cut it. */
  readonly written?: Written
}

/** Of a host that was made anew from its image: what its script did there. */
export interface Remade {
  readonly exitCode: number
  /** The end of what it wrote. */
  readonly output: string
  /** From the start of the new host to the end of its script. */
  readonly seconds: number
}

/** A check of what a host is after it was started again. */
export type LiveCheck = Check<RuleId, LiveObservation, readonly AnyRule[]> & { readonly lane: 'live' }

/** Declares a check of the live lanes; `checks/mount-live.ts` is the model file. */
export function liveCheck<const Id extends RuleId, const Rules extends readonly AnyRule[]>(
  definition: CheckDefinition<Id, LiveObservation, Rules>,
): Check<Id, LiveObservation, Rules> & { readonly lane: 'live' } {
  return { ...definition, lane: 'live' }
}

export function isLiveCheck(thing: unknown): thing is LiveCheck & {
  readonly run: (given: LiveObservation) => Iterable<Finding>
} {
  return typeof thing === 'object' && thing !== null && 'lane' in thing && thing.lane === 'live' && 'rules' in thing
}

/**
 * The host after its boot, for a check that judges it.
 *
 * @throws SeatrialError `SEATRIAL_NOT_TOLD` when it did not answer
 */
export function hostAfter({ after, ended }: LiveObservation): LiveHost {
  if (after !== undefined) return after
  throw notTold('the host after its boot', `it did not answer; last seen: ${ended.said}`)
}

/**
 * Every live check that is wanted and has something to look at, run. A check whose part of the host could not be told is
 * unsettled, with the reason.
 *
 * @param only ids of checks or rules; all when empty
 */
export async function runLiveChecks(given: LiveObservation, only: readonly string[]): Promise<CheckResult[]> {
  const found = await discover(new URL('./checks/', import.meta.url), isLiveCheck)
  return found
    .map(({ thing }) => thing)
    .filter(({ applies }) => applies?.(given) ?? true)
    .filter((each) => isAsked(each, only))
    .map((check) => ofAsked(runLive(check, given), only))
}

function runLive(
  check: { readonly id: RuleId; readonly run: (given: LiveObservation) => Iterable<Finding> },
  given: LiveObservation,
): CheckResult {
  let untold: CheckResult['unsettled']
  const result = runCheck(
    {
      id: check.id,
      *run(observation: LiveObservation) {
        try {
          yield* check.run(observation)
        } catch (error) {
          if (!isSeatrialError(error) || error.code !== 'SEATRIAL_NOT_TOLD') throw error
          untold = { because: error.because, why: `${check.id}: ${error.message}`, mend: error.mend }
        }
      },
    },
    given,
  )
  return untold === undefined ? result : { ...result, unsettled: untold }
}
