import type { RuleId } from '../kernel/index.ts'
import type { CaseOutcome } from './judge.ts'
import { judge } from './judge.ts'
import type { PlayOptions } from './play-cases.ts'
import { playCases } from './play-cases.ts'
import type { Chosen } from './topics.ts'
import type { Transcript } from './transcript.ts'

/** One case of a survey: what became of it, and all that was seen. */
export interface Surveyed extends Chosen {
  readonly outcome: CaseOutcome
  readonly transcript: Transcript
}

/**
 * Plays the chosen cases against one cache and judges each. A case whose prerequisite did not pass is
 * unsettled: its own outcome would say something else than it seems to.
 */
export async function survey(chosen: readonly Chosen[], options: PlayOptions): Promise<readonly Surveyed[]> {
  const transcripts = await playCases(
    chosen.map(({ subject }) => subject),
    options,
  )
  const alone = new Map<RuleId, CaseOutcome>()
  for (const { subject } of chosen) {
    const transcript = transcripts.get(subject.id)
    if (transcript !== undefined) alone.set(subject.id, judge(subject, transcript))
  }
  return chosen.flatMap((one) => {
    const transcript = transcripts.get(one.subject.id)
    const outcome = outcomeOf(one, alone)
    return transcript === undefined || outcome === undefined ? [] : [{ ...one, transcript, outcome }]
  })
}

function outcomeOf({ subject }: Chosen, alone: ReadonlyMap<RuleId, CaseOutcome>): CaseOutcome | undefined {
  const missing = (subject.needs ?? []).find((id) => alone.get(id)?.kind !== 'passed')
  if (missing === undefined) return alone.get(subject.id)
  return {
    kind: 'unsettled',
    because: 'prerequisite',
    why: `${missing} did not pass, and this case builds on it`,
    mend: `See \`--only ${missing}\` first.`,
  }
}
