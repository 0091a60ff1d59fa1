import { expect, test } from 'vitest'
import { given } from './message.ts'
import { isPage, isWhole, mediaTypeOf } from './page.ts'

const html = [['Content-Type', 'text/html; charset=utf-8']] as const

test('HTML with a 2xx status is a page, and nothing else is', () => {
  expect(isPage(given({ fields: html }))).toBe(true)
  expect(isPage(given({ fields: html, method: 'HEAD' }))).toBe(true)
  expect(isPage(given({ fields: html, status: 404 }))).toBe(false)
  expect(isPage(given({ fields: html, status: 301 }))).toBe(false)
  expect(isPage(given({ fields: html, status: 304 }))).toBe(false)
  expect(isPage(given({ fields: html, status: 206 }))).toBe(false)
  expect(isPage(given({ fields: [['Content-Type', 'text/plain']] }))).toBe(false)
  expect(isPage(given())).toBe(false)
})

test('the media type is that of the first line', () => {
  expect(mediaTypeOf(given({ fields: html }))?.essence).toBe('text/html')
  expect(mediaTypeOf(given())).toBeUndefined()
})

test('content that was cut off, came short or answers HEAD is not whole', () => {
  expect(isWhole(given({ body: 'a' }))).toBe(true)
  expect(isWhole(given())).toBe(false)
  expect(isWhole(given({ body: 'a', response: { cutOff: true } }))).toBe(false)
  expect(isWhole(given({ body: 'a', response: { complete: false } }))).toBe(false)
  expect(isWhole(given({ method: 'HEAD', body: 'a' }))).toBe(false)
})
