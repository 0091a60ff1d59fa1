import { expect, test } from 'vitest'
import { parseTransportSecurity } from './strict-transport-security.ts'

test('directives are read in any case, quoted or not, and unknown ones are passed over', () => {
  expect(parseTransportSecurity('Max-Age="60" ; includesubdomains; x=1;;')).toEqual({
    maxAge: 60,
    includeSubDomains: true,
    preload: false,
  })
  expect(parseTransportSecurity('preload;max-age=0')).toEqual({ maxAge: 0, includeSubDomains: false, preload: true })
})

test.each([
  ['', 'max-age is missing'],
  ['includeSubDomains', 'max-age is missing'],
  ['max-age', 'max-age is not a whole number of seconds'],
  ['max-age=-1', 'max-age is not a whole number of seconds'],
  ['max-age=1; MAX-AGE=1', 'a directive stands twice'],
  ['max-age=1, includeSubDomains', 'it does not parse'],
  ['max-age=1; includeSubDomains=true', 'includeSubDomains takes no value'],
])('%j is ignored: %s', (text, invalid) => {
  expect(parseTransportSecurity(text)).toEqual({ invalid })
})
