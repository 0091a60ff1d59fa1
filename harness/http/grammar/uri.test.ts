import { expect, test } from 'vitest'
import { isUriReference, resolveUri, schemeOf } from './uri.ts'

test.each(['', '/a/b?c=d#e', 'https://a.test:8080/', '../x', '?q', '#f', 'http://[::1]/', 'urn:a:b', '%C3%A4'])(
  '%j is a URI reference',
  (text) => {
    expect(isUriReference(text)).toBe(true)
  },
)

test.each(['/a b', '/ä', '/%', '/%zz', '<x>', '/a#b#c', '/{id}', 'http://a.test/\\b'])('%j is none', (text) => {
  expect(isUriReference(text)).toBe(false)
})

test('schemes are told without regard to case', () => {
  expect(schemeOf('HTTPS://a.test/')).toBe('https')
  expect(schemeOf('//a.test/')).toBeUndefined()
})

test('a reference is resolved against the page, and what cannot be is undefined', () => {
  expect(resolveUri('../b', new URL('http://a.test/x/y/'))?.href).toBe('http://a.test/x/b')
  expect(resolveUri('http://[', new URL('http://a.test/'))).toBeUndefined()
})
