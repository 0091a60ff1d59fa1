import { expect, test } from 'vitest'
import { Fields } from '../../wire/index.ts'
import { isKnownDirective, parsePolicy, policiesOf, reportedPoliciesOf } from './content-security-policy.ts'

test('directives stand between semicolons, sources between spaces, and the first of a name counts', () => {
  const policy = parsePolicy(" Default-Src 'self'  https: ;; img-src *;default-src 'none'")
  expect(policy.directives).toEqual([
    { name: 'default-src', sources: ["'self'", 'https:'] },
    { name: 'img-src', sources: ['*'] },
  ])
  expect(policy.repeated).toEqual(['default-src'])
  expect(policy.get('img-src')).toEqual(['*'])
  expect(policy.get('font-src')).toBeUndefined()
})

test('commas and lines separate policies, empty ones are none, and those that only report stand apart', () => {
  const fields = Fields.of([
    ['Content-Security-Policy', 'img-src a.test, , font-src b.test'],
    ['Content-Security-Policy-Report-Only', 'script-src c.test'],
  ])
  expect(policiesOf(fields).map(({ directives }) => directives[0]?.name)).toEqual(['img-src', 'font-src'])
  expect(reportedPoliciesOf(fields).map(({ directives }) => directives[0]?.name)).toEqual(['script-src'])
})

test('names are known without a colon', () => {
  expect(isKnownDirective('script-src')).toBe(true)
  expect(isKnownDirective('script-src:')).toBe(false)
})
