import { expect, test } from 'vitest'
import { cookiePair } from './cookies.ts'

const answer = (...lines: readonly string[]) => ({
  visit: '1',
  status: 200,
  fields: lines.map((line) => ['Set-Cookie', line] as const),
  server: 'app/a',
  content: '',
  ms: 1,
  trouble: undefined,
})

test.each([
  ['SERVERID=a; path=/', 'SERVERID=a'],
  ['SERVERID=a; Max-Age=60', 'SERVERID=a'],
  ['SERVERID=a; Expires=Fri, 01-Jan-2100 00:00:01 GMT', 'SERVERID=a'],
  ['SERVERID=; Expires=Thu, 01-Jan-1970 00:00:01 GMT; path=/', undefined],
  ['SERVERID=a; Expires=Thu, 01 Jan 1970 00:00:01 GMT', undefined],
  ['SERVERID=a; Max-Age=0', undefined],
  ['OTHER=a', undefined],
])('%j gives a visitor %j', (line, pair) => {
  expect(cookiePair(answer('first=1', line), 'SERVERID')).toBe(pair)
})
