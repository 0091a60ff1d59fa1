import type { Depends, Diagnosis, LikelyCause, RecordedStep } from '../../record/index.ts'
import { evidenceFor } from './evidence.ts'
import { needsOf } from './needs.ts'
import { rankCauses } from './rank.ts'
import { faultyIn, nameThings, statesOf } from './seen.ts'

export interface Diagnosed {
  /** Each finding names the thing that it is about, where somebody said which one that is. */
  readonly steps: RecordedStep[]
  /** Undefined when nobody said what needs what, nothing that is down blocks, or none of it has to do with another. */
  readonly diagnosis: Diagnosis | undefined
}

/** What stands behind the things that are down, the most likely first. Pure: the same steps give the same answer. */
export function diagnose(judged: readonly RecordedStep[], depends?: Depends): Diagnosed {
  const steps = nameThings(judged, depends)
  const needs = needsOf(depends, steps)
  if ([...needs.values()].every((needed) => needed.size === 0)) return { steps, diagnosis: undefined }
  const blocking = new Set(
    steps.flatMap((step) =>
      step.findings.flatMap(({ about, blocks }) => (blocks && about !== undefined ? [about] : [])),
    ),
  )
  const states = statesOf(steps, depends)
  const matters = ({ thing, explains }: Pick<LikelyCause, 'thing' | 'explains'>): boolean =>
    blocking.has(thing) || explains.some((each) => blocking.has(each.thing))
  const causes = rankCauses(needs, states, faultyIn(steps))
    .filter(matters)
    .map((cause) => ({ ...cause, evidence: evidenceFor(cause.thing, steps) }))
  // A list of faults that have nothing to do with each other is what the findings are already.
  if (causes.every(({ explains, against }) => explains.length + against.length === 0))
    return { steps, diagnosis: undefined }
  const down = [...states.values()].filter((state) => state === 'down').length
  return { steps, diagnosis: { down, causes } }
}

/**
 * Things that are down because of another, with the cause under which they are told: the most likely of those that were
 * seen down.
 */
export function consequencesOf({ causes }: Diagnosis): ReadonlyMap<string, string> {
  const own = new Set(causes.map(({ thing }) => thing))
  const told = new Map<string, string>()
  for (const { thing, state, explains } of causes) {
    if (state !== 'down') continue
    for (const each of explains) if (!own.has(each.thing) && !told.has(each.thing)) told.set(each.thing, thing)
  }
  return told
}
