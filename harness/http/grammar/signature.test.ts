import { describe, expect, test } from 'vitest'
import { parseMediaType } from './media-type.ts'
import { beginsAs, isMedia, mayBegin } from './signature.ts'

const box = '\0\0\0\u0018ftyp'

describe('the beginning of content', () => {
  test.each([
    ['image/avif', `${box}avif`],
    ['video/mp4', `${box}mp42`],
    ['video/webm', '\u001aE\u00df\u00a3'],
    ['audio/mpeg', '\u00ff\u00fb'],
    ['audio/ogg', 'OggS\0'],
    ['image/vnd.microsoft.icon', '\0\0\u0001\0'],
    ['image/x-own', '\u0007\u0008'],
  ])('may be that of %s', (essence, start) => {
    expect(mayBegin(essence, start)).toBe(true)
    expect(mayBegin(essence, 'hello')).toBe(false)
  })

  test('tells a type only where every file of that type begins so', () => {
    expect(beginsAs('GIF89a')).toBe('image/gif')
    expect(beginsAs(`${box}avif`)).toBeUndefined()
  })
})

test.each([
  ['image/png', true],
  ['application/ogg', true],
  ['image/svg+xml', false],
  ['audio/x-mpegurl', false],
  ['text/html', false],
])('%s is a type of pictures, sound or films that are no text: %s', (value, expected) => {
  const type = parseMediaType(value)
  expect(type !== undefined && isMedia(type)).toBe(expected)
})
