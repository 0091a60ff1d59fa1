import type { Clock, LocatedFinding, RuleId, StepReport } from '../kernel/index.ts'
import { beginStep, document, rule } from '../kernel/index.ts'
import type { RunRecord } from '../record/index.ts'

const releases = document('Release engineering', 'https://sre.google/sre-book/release-engineering/')

const againstGoodLost = rule({
  id: 'trial/against-good-lost',
  level: 'error',
  reference: releases,
  says: (e: { rule: string; run: string; was: string }) => `In ${e.run} it was good, and it is not any more: ${e.was}`,
  wants: 'What was good in the last release is good in this one.',
  remedy: 'Find the change that took it away, or compare with a later release once that is meant.',
})

const againstNotLooked = rule({
  id: 'trial/against-not-looked',
  level: 'error',
  reference: releases,
  says: (e: { check: string; run: string }) => `${e.check} looked at this in ${e.run}, and did not now.`,
  wants: 'What was looked at in the last release is looked at in this one.',
  remedy:
    'Look for what was taken out of the configuration, or renamed; compare with a later release once that is meant.',
})

/**
 * What was good in an earlier run and is not any more: good news that is missing where its check looked again, and checks that
 * do not look any more where they did. New findings speak for themselves.
 *
 * @param now all steps of this run
 */
export function againstStep(
  before: Pick<RunRecord, 'id' | 'steps'>,
  now: readonly StepReport[],
  { only, clock }: { readonly only: readonly string[]; readonly clock: Clock },
): StepReport {
  const step = beginStep({ id: 'trial/against', subject: before.id }, clock)
  const looked = new Map<string, Set<RuleId>>()
  // Whoever could not look has said so in a step of its own: nothing of it is taken for gone.
  const blind = new Set<string>()
  const good = new Set<string>()
  for (const { subject, looked: checks, findings, unsettled } of now) {
    const known = looked.get(subject) ?? new Set()
    looked.set(subject, known)
    for (const check of checks) known.add(check)
    if (unsettled !== undefined) blind.add(subject)
    for (const each of findings) if (each.level === 'good') good.add(`${each.rule} ${each.subject}`)
  }
  const findings: LocatedFinding[] = []
  const told = new Set<string>()
  const tell = (key: string, subject: string, make: () => Omit<LocatedFinding, 'subject' | 'replay'>): void => {
    if (told.has(key)) return
    told.add(key)
    findings.push({ ...make(), subject, replay: `seatrial run --against ${before.id}` })
  }
  for (const { subject, looked: checks, findings: were, id } of before.steps) {
    // A comparison in the earlier run is none of its subjects.
    if (id === 'trial/against' || blind.has(subject)) continue
    const again = looked.get(subject)
    for (const check of checks.filter((each) => isWanted(each, only))) {
      if (again?.has(check) === true) continue
      tell(`${check} ${subject}`, subject, () => againstNotLooked.at(check, { check, run: before.id }))
    }
    for (const { level, rule: name, subject: of, sentence } of were) {
      // The longest one: http/age is not the check of a rule of http/age-something.
      const [check] = checks.filter((each) => name.startsWith(`${each}-`)).toSorted((a, b) => b.length - a.length)
      const looksAgain = check !== undefined && again?.has(check) === true && isWanted(name, only, check)
      if (level !== 'good' || !looksAgain || good.has(`${name} ${of}`)) continue
      tell(`${name} ${of}`, of, () => againstGoodLost.at(name, { rule: name, run: before.id, was: sentence }))
    }
  }
  return step({ looked: ['trial/against'], findings })
}

/** Among what was asked for: the id itself, its check, or a rule of it, which is named after it. */
function isWanted(id: string, only: readonly string[], check = id): boolean {
  return only.length === 0 || only.some((each) => each === id || each === check)
}
