import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decipher, encipher, framed, FrameReader } from './cipher.ts'

test('a request looks as those that are seen on the wire', () => {
  const frame = framed(Buffer.from('{"system":{"get_sysinfo":{}}}'))
  expect(frame.toString('hex')).toBe('0000001dd0f281f88bff9af7d5ef94b6d1b4c09fec95e68fe187e8caf08bf68bf6')
})

test('what is enciphered can be deciphered', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(decipher(encipher(bytes))).toEqual(Buffer.from(bytes))
    }),
  )
})

test('frames are put together from whatever pieces they come in', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 9 }),
      (texts, step) => {
        const sent = Buffer.concat(texts.map((text) => framed(Buffer.from(text))))
        const reader = new FrameReader()
        const read: string[] = []
        for (let at = 0; at < sent.length; at += step) {
          for (const frame of reader.push(sent.subarray(at, at + step)) ?? []) read.push(frame.toString())
        }
        expect(read).toEqual(texts)
      },
    ),
  )
})
