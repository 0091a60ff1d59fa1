import { expect, test } from 'vitest'
import { discover } from '../discover.ts'
import { isCheck, runCheck } from '../kernel/index.ts'

const checks = await discover(new URL('./checks/', import.meta.url), isCheck)
const examples = checks.flatMap(({ thing }) => thing.examples.map((example) => ({ check: thing, ...example })))

test.for(examples)('$check.id: $title', ({ check, given, yields }) => {
  const { findings, unsettled } = runCheck(check, given)
  expect(unsettled).toBeUndefined()
  expect(findings.map(({ rule }) => rule)).toEqual(yields.map(({ id }) => id))
  for (const { sentence } of findings) expect(sentence).toMatch(/^\S.*\.$/s)
})
