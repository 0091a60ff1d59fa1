import { expect, test } from 'vitest'
import { isHtml, isJson, parseMediaType } from './media-type.ts'

test('type and subtype lose their case, parameters are read', () => {
  expect(parseMediaType('Text/HTML; Charset="utf-8"')).toEqual({
    essence: 'text/html',
    type: 'text',
    subtype: 'html',
    parameters: { all: [{ name: 'charset', value: 'utf-8', quoted: true }], malformed: [] },
  })
})

test.each(['', 'html', 'text/', '/html', 'text/html, text/html', 'text / html', 'text/html/x'])(
  '%j is no media type',
  (value) => {
    expect(parseMediaType(value)).toBeUndefined()
  },
)

test.each(['application/json', 'text/json', 'application/problem+json'])('%s is JSON', (value) => {
  const type = parseMediaType(value)
  expect(type !== undefined && isJson(type)).toBe(true)
})

test('application/json-seq is not JSON and application/xhtml+xml is HTML', () => {
  const [sequence, xhtml] = ['application/json-seq', 'application/xhtml+xml'].map(parseMediaType)
  expect(sequence !== undefined && isJson(sequence)).toBe(false)
  expect(xhtml !== undefined && isHtml(xhtml)).toBe(true)
})
