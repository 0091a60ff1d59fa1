import { describe, expect, test } from 'vitest'
import { discover } from '../discover.ts'
import { runCheck } from '../kernel/index.ts'
import { isStaticCheck } from './boot-check.ts'
import { sketch } from './testing/observed.ts'

const checks = (await discover(new URL('./checks/', import.meta.url), isStaticCheck)).map(({ thing }) => ({
  id: thing.id,
  check: thing,
}))

/** The examples of a check are its tests. */
describe.each(checks)('$id', ({ check }) => {
  test.for(check.examples)('$title', ({ given, yields }) => {
    const { findings, unsettled } = runCheck(check, given)
    expect(unsettled).toBeUndefined()
    const rules = new Set(findings.map((each) => each.rule))
    expect([...rules].toSorted()).toEqual(yields.map((each) => each.id).toSorted())
  })

  test('finds nothing in a tree that holds nothing', () => {
    expect(runCheck(check, sketch()).findings).toEqual([])
  })
})
