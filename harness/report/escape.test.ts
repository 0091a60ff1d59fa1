import { describe, expect, test } from 'vitest'
import { clip, inert, markup, safeJson, visible } from './escape.ts'
import { readWorkflowCommands } from './readers.ts'

describe('text from a wire loses its power over whoever shows it', () => {
  test.for([
    ['an escape sequence', '\u001b[2J', '\\x1b[2J'],
    ['the one-byte CSI of C1', '\u009b2J', '\\x9b2J'],
    ['a right-to-left override', 'a\u202Eb', 'a\\u{202e}b'],
    ['a line end', 'a\r\nb', 'a\\r\\nb'],
    ['a zero-width joiner', 'a\u200Db', 'a\\u{200d}b'],
    ['an invisible tag character', '\u{E0041}', '\\u{e0041}'],
    ['half a surrogate pair', '\uD800', '\\u{d800}'],
    ['a code point that is no character', '\uFFFE', '\\u{fffe}'],
  ] as const)('%s is written out', ([, given, wanted]) => {
    expect(visible(given)).toBe(wanted)
  })

  test('letters of any script, punctuation and pictures stay as they are', () => {
    const text = 'Überfahrt 試運転 🚢 "quoted" <b>'
    expect(visible(text)).toBe(text)
  })

  test('in markup quotes, angle brackets and ampersands become references', () => {
    expect(markup(`<a href="x" title='y'>&amp;`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;')
  })

  test('JSON with everything invisible escaped parses to the same value', () => {
    const value = { text: 'a\u009b\u202e\u2028\u{E0041}\ud800"\\' }
    const text = safeJson(value)
    expect(text).toMatch(/^[\x20-\x7e]+$/)
    expect(JSON.parse(text)).toEqual(value)
  })
})

test('a finished text holds no line that a pipeline would take for a command', () => {
  const log = 'ok\n  ::add-mask::x\n::stop-commands::y\nsaw ##[add-path]/tmp and ##vso[task.setvariable]z'
  expect(readWorkflowCommands(log).map(({ command }) => command)).toEqual(['add-mask', 'stop-commands', 'add-path'])
  const after = inert(log)
  expect(readWorkflowCommands(after)).toEqual([])
  expect(after).not.toMatch(/##\w*\[/)
})

describe('long text is cut off visibly', () => {
  test('what is left out is counted', () => {
    expect(clip('a'.repeat(1200), 1000)).toBe(`${'a'.repeat(1000)} ... (200 more characters)`)
  })

  test('a pair of surrogates is never cut in two', () => {
    expect(clip('aa\u{1F6A2}aa', 3)).toBe('aa ... (4 more characters)')
  })

  test('text within the limit is not touched', () => {
    expect(clip('abc', 3)).toBe('abc')
  })
})
