import { expect, test } from 'vitest'
import { UsageError } from '../../kernel/index.ts'
import type { CohortRules } from './cohort.ts'
import { openCohort, shareOf, userKey } from './cohort.ts'

const users = Array.from({ length: 10_000 }, (_, at) => `user-${at}`)
const copied = (rules: Partial<CohortRules>): string[] => {
  const choose = openCohort({ share: 1, by: { kind: 'cookie', name: 'session' }, allow: [], ...rules })
  const ask = (user: string) => ({ method: 'GET', target: '/', fields: ['Cookie', `a=1; session=${user}`] })
  return users.filter((user) => choose(ask(user), '127.0.0.1') === 'copied')
}

test('a share is that share of the users, the same ones at every start, and part of any larger share', () => {
  const [five, ten] = [copied({ share: 0.05 }), copied({ share: 0.1 })]
  expect(five.length).toBeGreaterThan(430)
  expect(five.length).toBeLessThan(570)
  expect(copied({ share: 0.05 })).toEqual(five)
  expect(five.filter((user) => !ten.includes(user))).toEqual([])
})

test('a share of none copies nothing, a whole share everything', () => {
  expect(copied({ share: 0 })).toEqual([])
  expect(copied({ share: 1 })).toEqual(users)
})

test('all requests of a user are copied or none, whatever they ask for', () => {
  const choose = openCohort({ share: 0.5, by: { kind: 'field', name: 'x-user' }, allow: [] })
  for (const user of users.slice(0, 50)) {
    const choices = ['/a', '/b?c=1', '/'].map((target) =>
      choose({ method: 'GET', target, fields: ['X-User', user] }, user),
    )
    expect(new Set(choices).size).toBe(1)
  }
})

test('what changes something is not allowed, but for a route that is', () => {
  const choose = openCohort({ share: 1, by: { kind: 'path' }, allow: ['POST /search*', 'PUT /a.b'] })
  const of = (method: string, target: string): string => choose({ method, target, fields: [] }, '')
  expect([of('POST', '/search/x?y=1'), of('PUT', '/a.b'), of('HEAD', '/')]).toEqual(['copied', 'copied', 'copied'])
  expect([of('POST', '/order'), of('PUT', '/axb'), of('DELETE', '/search')]).toEqual(
    Array.from({ length: 3 }, () => 'not allowed'),
  )
})

test('shares, keys and routes that are none are told as what they are', () => {
  expect([shareOf('10%', ''), shareOf('0.1', ''), shareOf('2.5 %'.replace(' ', ''), '')]).toEqual([0.1, 0.1, 0.025])
  for (const text of ['', '101%', '-1', 'ten', '1.5']) expect(() => shareOf(text, 'x'), text).toThrow(UsageError)
  for (const text of ['cookie', 'cookie:', 'header:x', 'cookie:a b'])
    expect(() => userKey(text, 'x')).toThrow(UsageError)
  expect(() => openCohort({ share: 1, by: { kind: 'path' }, allow: ['/search'] })).toThrow(/POST \/search\*/)
})
