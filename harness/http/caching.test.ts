import { describe, expect, test } from 'vitest'
import { cachingOf } from './caching.ts'
import { given } from './message.ts'

const now = ['Date', 'Thu, 01 Jan 2026 00:00:00 GMT'] as const
const read = (value: string) => cachingOf(given({ fields: [now, ['Cache-Control', value]] }))

describe('a time that a response gives to caches', () => {
  test.each([
    ['max-age=60', 60],
    ['max-age="60"', 60],
    ['max-age=-1', 0],
    ['max-age=60, max-age=10', 10],
    ['max-age=10, max-age=60', 10],
    ['max-age=60, max-age=soon', 60],
    ['max-age=soon, max-age=60', 0],
  ])('%s is %d seconds', (value, seconds) => {
    expect(read(value)).toMatchObject({ explicit: true, lifetime: { private: seconds, shared: seconds } })
  })

  test('that is no number is not given', () => {
    expect(read('max-age=soon')).toMatchObject({ explicit: false, lifetime: { private: 0, shared: 0 } })
  })

  test('as an Expires that is no date is 1970', () => {
    const { lifetime } = cachingOf(given({ fields: [now, ['Expires', '0']] }))
    expect(lifetime.shared).toBe(-Date.parse('2026-01-01T00:00:00Z') / 1000)
  })
})

test('s-maxage allows shared caches to keep an answer to Authorization only where it is a time', () => {
  const storing = (value: string) =>
    cachingOf(given({ requestFields: [['Authorization', 'Basic YQ==']], fields: [['Cache-Control', value]] })).storing
  expect(storing('s-maxage=9').who).toBe('everybody')
  expect(storing('s-maxage=soon').who).toBe('private')
})
