import type { Clock, StepReport, Unsettled } from '../kernel/index.ts'
import { beginStep, isAsked, isCheck, ofAsked, runCheck, seenBy } from '../kernel/index.ts'
import { discover } from '../discover.ts'
import type { MirrorSeen } from './seen.ts'

export interface Judging {
  /** Ids of checks or rules; all when empty. */
  readonly only: readonly string[]
  /** The smallest share of wrong answers that must have been seen if it was there; with too few pairs the step is unsettled. */
  readonly sees: number
  readonly replay: string
  /** What is looked at, without ports; the candidate's address unless said. */
  readonly subject?: string
}

/** One step: what a mirror saw between its beginning and its end. */
export async function mirrorStep(
  begin: ReturnType<typeof beginStep>,
  seen: MirrorSeen,
  { only, sees, replay, subject = seen.candidate }: Judging,
): Promise<StepReport> {
  const found = await discover(new URL('./checks/', import.meta.url), isCheck)
  const wanted = found.filter(({ thing }) => isAsked(thing, only))
  const results = wanted.map(({ thing }) => ofAsked(runCheck<never>(thing, seen as never), only))
  const judged = seenBy(results, { subject, replay })
  const few = tooFew(seen, sees)
  return begin({
    ...judged,
    findings: judged.findings.map((each) => ({ ...each, replay: curlOf(each.evidence) ?? each.replay })),
    ...(few !== undefined && judged.unsettled === undefined && { unsettled: few }),
    attachments: [
      { name: 'mirror.json', contentType: 'application/json', content: `${JSON.stringify(seen, undefined, 2)}\n` },
    ],
  })
}

/** Begins the step of a mirror. */
export function beginMirror(subject: string, clock: Clock): ReturnType<typeof beginStep> {
  return beginStep({ id: 'mirror/candidate', subject }, clock)
}

/** Why a mirror that found nothing has not looked. */
function tooFew({ weighed, pairs, counts }: MirrorSeen, sees: number): Unsettled | undefined {
  if (weighed.sees <= sees) return undecided(weighed)
  const could =
    weighed.sees >= 1 ? 'I could have seen nothing' : `I could have seen a shift of ${percent(weighed.sees)}`
  const dropped = Object.entries(counts.fates).filter(([fate]) => /^(?:dropped|not played)/.test(fate))
  const why = dropped.map(([fate, count]) => `${count} ${fate}`).join(', ')
  return {
    because: 'prerequisite',
    why: `${pairs} of ${counts.requests} requests were compared, too few: ${could}, and ${percent(sees)} is wanted${why === '' ? '' : ` (${why})`}.`,
    mend: 'Let it run longer, copy a larger share, or be content with less: --sees.',
  }
}

/** Why a mirror that found nothing has seen something all the same. */
function undecided({ undecided: places }: MirrorSeen['weighed']): Unsettled | undefined {
  if (places.length === 0) return undefined
  const named = places.slice(0, 3).join(', ')
  return {
    because: 'prerequisite',
    why: `${named}${places.length > 3 ? ` and ${places.length - 3} more` : ''}: different at first and not when asked again, which may be noise or a fault that comes and goes.`,
    mend: 'Give a second primary (--secondary), which tells them apart, or let it run longer.',
  }
}

function percent(share: number): string {
  return `${(share * 100).toPrecision(2)} %`
}

function curlOf(evidence: unknown): string | undefined {
  if (typeof evidence !== 'object' || evidence === null) return undefined
  if ('curl' in evidence && typeof evidence.curl === 'string') return evidence.curl
  const examples: unknown = 'examples' in evidence ? evidence.examples : undefined
  return Array.isArray(examples) ? curlOf(examples[0]) : undefined
}
