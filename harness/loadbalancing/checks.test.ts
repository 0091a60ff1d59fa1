import { describe, expect, test } from 'vitest'
import { runCheck } from '../kernel/index.ts'
import { allChecks } from './trial.ts'

const checks = (await allChecks()).map(({ thing }) => ({ id: thing.id, check: thing }))

/** The examples of a check are its tests. */
describe.each(checks)('$id', ({ check }) => {
  test.for(check.examples)('$title', ({ given, yields }) => {
    const { findings, unsettled } = runCheck(check, given)
    expect(unsettled).toBeUndefined()
    expect(findings.map((each) => each.rule).toSorted()).toEqual(yields.map((each) => each.id).toSorted())
  })
})
