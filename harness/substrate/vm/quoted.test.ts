import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { quoted } from './quoted.ts'

test.each(['plain', "it's", '$HOME `id` "x" \\', 'two\nlines', '', '-n', '*'])('the shell gives back %j', (word) => {
  expect(execFileSync('sh', ['-c', `printf %s ${quoted(word)}`], { encoding: 'utf8' })).toBe(word)
})
