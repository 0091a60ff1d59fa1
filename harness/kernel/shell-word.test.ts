import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { quoted, shellWord } from './shell-word.ts'

test.each(['plain', "it's", '$HOME `id` "x" \\', 'two\nlines', '', '-n', '*'])('the shell gives back %j', (word) => {
  expect(execFileSync('sh', ['-c', `printf %s ${quoted(word)}`], { encoding: 'utf8' })).toBe(word)
})

test.each([
  ['files-restored', 'files-restored'],
  ['./a b.sh', "'./a b.sh'"],
  ['', "''"],
])('in a line that people paste %j is %s', (word, pasted) => {
  expect(shellWord(word)).toBe(pasted)
})
