import { expect, test } from 'vitest'
import { applyEdits, parseHaproxy, replaceWord, servers } from './index.ts'

test('an edit changes the word that it names, and no other character of the file', () => {
  const text = 'backend b\r\n\tserver  a "10.0.0.1:80"   check # comment\r\n'
  const [server] = parseHaproxy(text, 'f').sections.flatMap(servers)
  if (server === undefined) throw new Error('one server')
  expect(applyEdits(text, [replaceWord(server.at, '127.0.0.1:9000')])).toBe(
    'backend b\r\n\tserver  a 127.0.0.1:9000   check # comment\r\n',
  )
})

test.each([
  [
    'overlap',
    [
      { start: 0, end: 2, text: '' },
      { start: 1, end: 3, text: '' },
    ],
  ],
  [
    'begin at the same place',
    [
      { start: 1, end: 1, text: 'x' },
      { start: 1, end: 1, text: 'y' },
    ],
  ],
  ['lie outside', [{ start: 1, end: 9, text: '' }]],
  ['go backwards', [{ start: 2, end: 1, text: '' }]],
])('edits that %s are an error', (_, edits) => {
  expect(() => applyEdits('abc', edits)).toThrow(expect.objectContaining({ code: 'SEATRIAL_EDIT_WRONG' }))
})
