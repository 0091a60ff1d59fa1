import { expect, test } from 'vitest'
import { currentAge, explicitLifetime, hasValidator, isSharedFresh, isUnstorable } from './cacheability.ts'
import { given } from './message.ts'

const date = ['Date', 'Thu, 01 Jan 2026 00:00:00 GMT'] as const

test('a shared cache reads s-maxage before max-age before Expires, a private one skips s-maxage', () => {
  const expires = ['Expires', 'Thu, 01 Jan 2026 00:00:30 GMT'] as const
  const all = given({ fields: [['Cache-Control', 's-maxage=10, max-age=20'], expires, date] })
  expect(explicitLifetime(all, 'shared')).toBe(10)
  expect(explicitLifetime(all, 'private')).toBe(20)
  expect(explicitLifetime(given({ fields: [expires, date] }), 'shared')).toBe(30)
  expect(explicitLifetime(given({ fields: [date] }), 'shared')).toBeUndefined()
})

test('an Expires that is no date has expired', () => {
  expect(explicitLifetime(given({ fields: [['Expires', '0'], date] }), 'private')).toBe(0)
})

test('age is the larger of what Age says and what Date shows', () => {
  const now = '2026-01-01T00:01:00Z'
  expect(currentAge(given({ now, fields: [date] }))).toBe(60)
  expect(currentAge(given({ now, fields: [date, ['Age', '90']] }))).toBe(90)
  expect(currentAge(given({ now, fields: [['Age', 'old']] }))).toBe(0)
})

test.each([
  ['max-age=60', true],
  ['s-maxage=60, max-age=0', true],
  ['private, max-age=60', false],
  ['no-cache, max-age=60', false],
  ['no-store, max-age=60', false],
  ['max-age=0', false],
  ['public', false],
])('%s: a shared cache serves it for some time: %s', (value, fresh) => {
  expect(isSharedFresh(given({ fields: [['Cache-Control', value]] }))).toBe(fresh)
})

test('answers to other methods than GET and HEAD are not kept', () => {
  expect(isUnstorable(given({ method: 'POST' }))).toBe(true)
  expect(isUnstorable(given({ method: 'HEAD' }))).toBe(false)
})

test('either validator will do', () => {
  expect(hasValidator(given({ fields: [['ETag', '"a"']] }))).toBe(true)
  expect(hasValidator(given({ fields: [['Last-Modified', 'x']] }))).toBe(true)
  expect(hasValidator(given())).toBe(false)
})
