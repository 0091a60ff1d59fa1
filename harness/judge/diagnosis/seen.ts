import type { UnsettledKind } from '../../kernel/index.ts'
import type { Depends, RecordedFinding, RecordedStep } from '../../record/index.ts'
import { pattern } from '../accepted.ts'

/** What became of a thing. Nobody asked it, or those who asked got no answer: then it may be well or not. */
export type ThingState = 'down' | 'up' | 'could-not-look'

/** Reasons for not looking that may be the thing's own: it did not answer, or it was not there. */
const silent: readonly UnsettledKind[] = ['setup', 'prerequisite', 'timeout']

/** The steps with every finding naming the thing that it is about: its own word, or else the configuration's. */
export function nameThings(steps: readonly RecordedStep[], depends: Depends = {}): RecordedStep[] {
  const sightings = sightingsOf(depends)
  if (sightings.length === 0) return [...steps]
  const named = (finding: RecordedFinding): RecordedFinding => {
    if (finding.about !== undefined) return finding
    const about = sightings.find((each) => each.matches(finding))?.thing
    return about === undefined ? finding : { ...finding, about }
  }
  return steps.map((step) => ({ ...step, findings: step.findings.map(named) }))
}

/**
 * What was seen of each thing. A finding that blocks, or is an error, says down, whoever says up; what was asked and has no
 * such finding is up, and so is what good news is about, unless its step could not look.
 */
export function statesOf(steps: readonly RecordedStep[], depends: Depends = {}): ReadonlyMap<string, ThingState> {
  const states = new Map<string, ThingState>()
  const say = (thing: string | undefined, state: ThingState): void => {
    if (thing === undefined || rank(states.get(thing)) >= rank(state)) return
    states.set(thing, state)
  }
  const sightings = sightingsOf(depends)
  for (const { subject, findings, unsettled, outcome, things } of steps) {
    for (const finding of findings) {
      if (saysDown(finding)) say(finding.about, 'down')
      else if (finding.level === 'good') say(finding.about, 'up')
    }
    const blind = unsettled ?? (outcome.kind === 'unsettled' ? outcome : undefined)
    if (blind === undefined) for (const thing of things?.asked ?? []) say(thing, 'up')
    else if (silent.includes(blind.because)) {
      for (const thing of things?.asked ?? []) say(thing, 'could-not-look')
      for (const each of sightings) if (each.isAt(subject)) say(each.thing, 'could-not-look')
    }
  }
  return states
}

/** Things of which something was found that is wrong by itself. */
export function faultyIn(steps: readonly RecordedStep[]): ReadonlySet<string> {
  const found = steps.flatMap((step) => step.findings).filter((each) => each.inherent === true && saysDown(each))
  return new Set(found.flatMap(({ about }) => about ?? []))
}

/** A finding that says of its thing that it is down. What is accepted may still bring others down. */
function saysDown({ blocks, level }: Pick<RecordedFinding, 'blocks' | 'level'>): boolean {
  return blocks || level === 'error'
}

const order: readonly (ThingState | undefined)[] = [undefined, 'could-not-look', 'up', 'down']

function rank(state: ThingState | undefined): number {
  return order.indexOf(state)
}

interface Sighting {
  readonly thing: string
  readonly isAt: (subject: string) => boolean
  readonly matches: (finding: RecordedFinding) => boolean
}

function sightingsOf(depends: Depends): Sighting[] {
  return Object.entries(depends).flatMap(([thing, { seen = [] }]) =>
    seen.map((each): Sighting => {
      const [rule, isAt, place] = [pattern(each.rule), pattern(each.subject), pattern(each.place)]
      return {
        thing,
        isAt,
        matches: (finding) => rule(finding.rule) && isAt(finding.subject) && place(finding.place),
      }
    }),
  )
}
