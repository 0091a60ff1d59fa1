import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeSteps } from '../../judge/index.ts'
import type { LocatedFinding, StepReport, UnsettledKind } from '../../kernel/index.ts'
import { levels } from '../../kernel/index.ts'
import { Keeper } from './keeper.ts'

const today = new Date('2026-06-01T00:00:00Z')
const level = { a: 'error', b: 'warning', c: 'info', d: 'good' } as const
const name = fc.constantFrom('a' as const, 'b' as const, 'c' as const, 'd' as const)

const step = (subject: string, rules: readonly (keyof typeof level)[]): StepReport => ({
  id: 'http/messages',
  subject,
  looked: ['http/x'],
  findings: rules.map((rule): LocatedFinding => ({
    rule: `http/${rule}`,
    level: level[rule],
    place: 'response',
    evidence: {},
    sentence: '',
    wants: '',
    remedy: '',
    reference: { title: '', url: '' },
    subject,
    replay: '',
  })),
  startedAt: 0,
  durationMs: 0,
})

const steps = fc
  .array(fc.tuple(fc.constantFrom('1', '2', '3'), fc.uniqueArray(name)), { minLength: 1, maxLength: 12 })
  .map((all) => all.map(([subject, rules]) => step(subject, rules)))
const entry = fc.record({
  rule: fc.constantFrom('*', 'http/a', 'http/b'),
  subject: fc.constantFrom('*', '1', '2'),
  place: fc.constant('*'),
  reason: fc.constantFrom('r', 's'),
  owner: fc.constant('o'),
  expires: fc.constantFrom('2026-01-01', '2027-01-01'),
})
const policy = fc.record({
  block: fc.constantFrom('error' as const, 'warning' as const, 'info' as const),
  budgets: fc.constant({}),
  allow: fc.constant<UnsettledKind[]>([]),
  accept: fc.array(entry, { maxLength: 3 }),
  baseline: fc.subarray(['http/a response 1', 'http/b response 2', 'http/c response 3']),
})

test('the verdict and which excuses are of use do not depend on how much is kept', () => {
  fc.assert(
    fc.property(steps, policy, fc.nat(10), (all, gate, most) => {
      const keeper = new Keeper({ policy: gate, most, subject: 'file', looked: ['http/x'] })
      const kept = [...all.flatMap((one) => keeper.take(one) ?? []), ...keeper.tail()]
      const [bounded, whole] = [judgeSteps(kept, gate, today), judgeSteps(all, gate, today)]
      const noteKinds = ({ notes }: typeof whole) => notes.map(({ kind, blocks }) => `${kind} ${blocks}`)
      expect(bounded.verdict).toBe(whole.verdict)
      expect(noteKinds(bounded)).toEqual(noteKinds(whole))
      const rules = (some: readonly StepReport[]) =>
        new Set(some.flatMap(({ findings }) => findings.map((f) => f.rule)))
      expect(rules(kept)).toEqual(rules(all))
      // Beyond the bound there is one of each meaning: rules times what may excuse them.
      expect(kept.flatMap(({ findings }) => findings).length).toBeLessThanOrEqual(most + levels.length * 3 * 3)
    }),
  )
})

test('what is left out is counted, by level', () => {
  const keeper = new Keeper({ policy: { accept: [], baseline: [] }, most: 1, subject: 'file', looked: ['http/x'] })
  for (const subject of ['1', '2', '3']) keeper.take(step(subject, ['a']))
  expect(keeper.notes()).toMatchObject([{ kind: 'not-kept', text: expect.stringContaining('(2 of level error)') }])
})

test('one that could not look stays one that could not look', () => {
  const keeper = new Keeper({ policy: { accept: [], baseline: [] }, most: 0, subject: 'file', looked: ['http/x'] })
  keeper.take({ ...step('1', []), unsettled: { because: 'harness', why: 'broke', mend: 'mend' } })
  expect(keeper.tail().map(({ unsettled }) => unsettled?.why)).toEqual([undefined, 'broke'])
})
