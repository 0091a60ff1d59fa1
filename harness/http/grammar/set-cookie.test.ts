import { expect, test } from 'vitest'
import { cookieLifetime, parseSetCookie } from './set-cookie.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

test('name and value end at the first semicolon, attributes lose their case', () => {
  const cookie = parseSetCookie('a=b=c; Path=/; SECURE ; ; SameSite = Lax')
  expect(cookie).toMatchObject({ name: 'a', value: 'b=c', named: true })
  expect(cookie.attributes).toEqual([
    { name: 'path', value: '/' },
    { name: 'secure', value: undefined },
    { name: 'samesite', value: 'Lax' },
  ])
})

test('without an equals sign all of it is the value', () => {
  expect(parseSetCookie('lonely; Secure')).toMatchObject({ name: '', value: 'lonely', named: false })
})

test('the last of a repeated attribute counts', () => {
  expect(parseSetCookie('a=b; Path=/x; path=/y').get('path')).toBe('/y')
})

test('Max-Age comes before Expires, and a cookie with neither lives as long as the session', () => {
  expect(cookieLifetime(parseSetCookie('a=b; Expires=Thu, 01 Jan 2026 00:01:00 GMT; Max-Age=5'), now)).toBe(5)
  expect(cookieLifetime(parseSetCookie('a=b; Expires=Thu, 01 Jan 2026 00:01:00 GMT'), now)).toBe(60)
  expect(cookieLifetime(parseSetCookie('a=b'), now)).toBeUndefined()
})
