import type { Unsettled } from '../../kernel/index.ts'
import { UsageError } from '../../kernel/index.ts'
import { dayOf } from './calendar.ts'
import type { Clocked } from './clocked.ts'
import type { Validity } from './moments.ts'
import { ordinaryMoments, sweep } from './moments.ts'
import type { DatesEntry } from './section.ts'
import type { DatedRun, DatesSeen } from './seen.ts'
import { whyUntouched } from './took-hold.ts'
import { tryOn } from './try-on.ts'

interface Tried {
  readonly entry: DatesEntry
  readonly command: DatesEntry['command']
  readonly certificates: readonly Validity[]
}

export interface SweepOptions {
  /** Place of the entry in the input, for what is wrong with it. */
  readonly path: string
  readonly signal: AbortSignal
  readonly progress: (line: string) => void
}

/** Whoever implements {@link Clocked} gets the same sweep: a container here, a machine elsewhere. */
export async function sweepOn(
  clocked: Clocked,
  { entry, command, certificates }: Tried,
  { path, signal, progress }: SweepOptions,
): Promise<(DatesSeen & { readonly unsettled?: Unsettled }) | Unsettled> {
  const { zone, years, classes } = entry
  const [from, until] = [entry.from, entry.until].map((each) => (each === undefined ? undefined : dayOf(each)))
  const moments = sweep({ zone, years, from, until, classes, certificates })
  if (moments.length === 0) {
    throw new UsageError({ path, given: 'a range in which no date of its classes lies', wanted: 'a range with one' })
  }
  const unreachable = whyUntouched(clocked, await clocked.unreachable(command))
  if (unreachable !== undefined) return unreachable

  const days = entry.ordinary?.map(dayOf).filter((each) => each !== undefined)
  const controls: DatedRun[] = []
  const untouched = new Set<string>()
  for (const moment of ordinaryMoments(zone, { certificates, ...(days !== undefined && { days }) })) {
    const tried = await tryOn(clocked, moment, { entry, command, untouched })
    if ('because' in tried) return tried
    const why = whyNotOrdinary(tried)
    if (why !== undefined) return why
    controls.push(tried)
  }
  progress(`${entry.name}: works on an ordinary day; ${moments.length} dates to try`)
  const runs: DatedRun[] = []
  for (const moment of moments) {
    signal.throwIfAborted()
    const tried = await tryOn(clocked, moment, { entry, command, untouched })
    if ('because' in tried) return tried
    runs.push(tried)
  }
  const unsettled = whyUntouched(clocked, [...untouched]) ?? whyOvertaken(runs)
  return { controls, runs, ...(unsettled !== undefined && { unsettled }) }
}

/** What does not work on an ordinary day either shows nothing of dates. */
function whyNotOrdinary({ end, exitCode, shown, stdout, stderr, answer, unprinted }: DatedRun): Unsettled | undefined {
  const said = (stderr.trim() || stdout.trim()).slice(-300)
  const why =
    end === 'hung'
      ? 'it hangs'
      : end === 'exit' && exitCode !== 0
        ? `it fails with exit code ${exitCode}`
        : answer !== undefined && !answer.right.includes(answer.given ?? '')
          ? `it answers ${answer.given ?? 'no date'} where ${answer.right.join(' or ')} is right`
          : unprinted === undefined
            ? undefined
            : `it prints nothing that matches ${unprinted}`
  if (why === undefined) return undefined
  return {
    because: 'prerequisite',
    why: `on an ordinary day, ${shown}, ${why}${said === '' ? '' : `: ${said}`}`,
    mend: 'Make it work on an ordinary day first. Where it works only on days of its own, name one with "ordinary", and the certificates that it uses.',
  }
}

function whyOvertaken(runs: readonly DatedRun[]): Unsettled | undefined {
  const late = runs.find(({ overtaken }) => overtaken)
  if (late === undefined) return undefined
  return {
    because: 'timeout',
    why: `begun at ${late.shown} it took ${late.lastedMs} ms and failed: the turn that it was to run before had come`,
    mend: 'Try it on a machine that is less busy, or leave this class out.',
  }
}
