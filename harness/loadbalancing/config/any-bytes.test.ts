import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyEdits,
  everyApacheDirective,
  everyDirective,
  parseApache,
  parseBind,
  parseConfig,
  parseHaproxy,
  parseNginx,
  parseZone,
  quoteApache,
  quoteBind,
  quoteHaproxy,
  quoteNginx,
  quoteZone,
  type BindStatement,
  type ConfigKind,
  type Word,
} from './index.ts'

interface Format {
  readonly kind: ConfigKind
  /** Every word that the parser found. */
  readonly words: (text: string) => readonly Word[]
  /** One line with this value in it, quoted. */
  readonly line: (value: string) => string
  readonly quote: (value: string) => string
  /** Pieces that its grammar is made of. */
  readonly pieces: readonly string[]
}

const named = ({ name, args }: { name: Word; args: readonly Word[] }): readonly Word[] => [name, ...args]
const inBind = (statement: BindStatement): readonly Word[] => [
  ...(statement.name.text === '' ? [] : [statement.name]),
  ...statement.args,
  ...statement.blocks.flat().flatMap(inBind),
]
const common = [
  'a',
  'server',
  '"',
  "'",
  '\\',
  '\n',
  '\r\n',
  ' ',
  '\t',
  '#',
  '${A}',
  '$',
  '{',
  '}',
  ';',
  '\0',
  '\u0001',
  '\uFEFF',
  'é',
  '*:80',
  '<',
  '>',
]

const formats: readonly Format[] = [
  {
    kind: 'haproxy',
    words: (text) =>
      parseHaproxy(text, 'f').sections.flatMap(({ header, directives }) => [header, ...directives].flatMap(named)),
    line: (value) => `global\n  x ${value}\n`,
    quote: quoteHaproxy,
    pieces: [
      ...common,
      'global\n',
      'backend b\n',
      'no ',
      '.if x\n',
      '.endif\n',
      'bind ',
      String.raw`\x41`,
      String.raw`\xzz`,
      'timeout x 5s',
      '"${A-b}"',
    ],
  },
  {
    kind: 'nginx',
    words: (text) => [...everyDirective(parseNginx(text, 'f').directives)].flatMap(named),
    line: (value) => `x ${value};`,
    quote: quoteNginx,
    pieces: [...common, 'upstream u {', 'server 1.2.3.4 weight=2;', 'listen ', 'include '],
  },
  {
    kind: 'apache',
    words: (text) => [...everyApacheDirective(parseApache(text, 'f').directives)].flatMap(named),
    line: (value) => `X ${value}\n`,
    quote: quoteApache,
    pieces: [...common, '<VirtualHost *:80>\n', '</VirtualHost>\n', '\\\n', '\\\r\n', 'Listen ', '<A "', 'Include '],
  },
  {
    kind: 'bind',
    words: (text) => parseBind(text, 'f').statements.flatMap(inBind),
    line: (value) => `x ${value};`,
    quote: quoteBind,
    pieces: [...common, '/*', '*/', '//', '/', 'zone "x" {', '};', 'include '],
  },
  {
    kind: 'zone',
    words: (text) => parseZone(text, 'f', { origin: 'x.' }).records.flatMap(({ words }) => words),
    line: (value) => `x 5 TXT ${value}\n`,
    quote: quoteZone,
    pieces: [...common, '(', ')', '$TTL 5\n', '@ 5 IN A 1.2.3.4\n', ' TXT ', String.raw`\065`, '$ORIGIN '],
  },
]

const texts = (pieces: readonly string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')) },
  )

describe.each(formats)('$kind', ({ kind, words, line, quote, pieces }) => {
  test('any text is read without an exception, with at most about a hundred problems, each at a place of the file', () => {
    fc.assert(
      fc.property(texts(pieces), (text) => {
        const lines = text.split('\n')
        const { problems } = parseConfig(kind, text, { file: 'f' })
        expect(problems.length).toBeLessThanOrEqual(101)
        for (const problem of problems) {
          expect(problem.line).toBeGreaterThan(0)
          expect(problem.line).toBeLessThanOrEqual(lines.length)
          expect(problem.column).toBeGreaterThan(0)
          expect(problem.column).toBeLessThanOrEqual((lines[problem.line - 1] ?? '').length + 1)
          expect([problem.given === '', problem.wanted === '']).toEqual([false, false])
        }
      }),
      { numRuns: 150 },
    )
  })

  test('the offsets of every word are where its line and column say, and words do not overlap', () => {
    fc.assert(
      fc.property(texts(pieces), (text) => {
        const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
        let before = 0
        for (const word of words(text).toSorted((a, b) => a.start - b.start)) {
          expect(word.start).toBeGreaterThanOrEqual(before)
          expect(word.end).toBeLessThanOrEqual(text.length)
          expect(word.start).toBe((starts[word.line - 1] ?? -1) + word.column - 1)
          before = word.end
        }
        expect(applyEdits(text, [])).toBe(text)
      }),
      { numRuns: 150 },
    )
  })

  test('a word without quotes and escapes is the raw text between its offsets', () => {
    fc.assert(
      fc.property(texts(pieces), (text) => {
        const plain = words(text).filter(({ start, end }) => /^[^"'\\]*$/.test(text.slice(start, end)))
        expect(plain.map((word) => word.text)).toEqual(plain.map(({ start, end }) => text.slice(start, end)))
      }),
      { numRuns: 150 },
    )
  })

  test('the value of every word, quoted and read again, is the same', () => {
    fc.assert(
      fc.property(texts(pieces), (text) => {
        for (const { text: value } of words(text)) {
          // A line of zone or named.conf cannot hold an end of line in quotes, and Apache none at all.
          if (kind !== 'haproxy' && kind !== 'nginx' && kind !== 'zone' && /[\n\r\0]/.test(value)) continue
          const again = words(line(quote(value)))
          const last = again.at(-1)
          const expected = kind === 'zone' ? quote(value).slice(1, -1) : value
          expect(last?.text).toBe(expected)
        }
      }),
      { numRuns: 150 },
    )
  })
})

/** What a parser that looks back, copies or nests would be slow or deep with. */
const hostile: Readonly<Record<string, string>> = {
  words: 'a ',
  quotes: '"',
  'a quote and letters': '"a',
  backslashes: '\\',
  'joined lines': '\\\n',
  braces: 'a{',
  sections: '<a>\n',
  angles: '<',
  'angles and joined lines': '<a\\\n',
  variables: '"${a',
  'variables with a default': '${a-',
  zeros: '\0',
  'zeros in lines': '\0\n',
  'numbers of bytes': String.raw`\x41`,
  comments: '/*',
  parentheses: '(',
  conditions: '.if a\n',
  colons: ':',
  'addresses and commas': ':80,',
  'commas in variables': '${,',
  labels: 'a.',
}
const heads = ['', 'backend b\n server s ', 'frontend f\n bind ', 'global\n x "', 'upstream u { server ', 'x 5 A ']

// What looks back or copies at every piece needs minutes here, and meets the limit of the test.
test.each(formats)('100 kB of anything that repeats is read to its end as $kind', ({ kind }) => {
  const behindAll = new Set(['words', 'commas in variables', 'variables with a default', 'addresses and commas'])
  for (const [name, piece] of Object.entries(hostile)) {
    for (const head of behindAll.has(name) ? heads : ['']) {
      const text = head + piece.repeat(100_000 / piece.length)
      expect(parseConfig(kind, text, { file: 'f' }).text).toBe(text)
    }
  }
})

test.each(formats)('a line of 5 MB is told, and not read as $kind', ({ kind }) => {
  const { problems } = parseConfig(kind, `\n${'a '.repeat(2_500_000)}\n`, { file: 'f' })
  expect(problems[0]).toMatchObject({ level: 'refused', line: 2, column: 1, given: 'a line of 5000000 characters' })
})
