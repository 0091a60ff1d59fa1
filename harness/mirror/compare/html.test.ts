import { expect, test } from 'vitest'
import type { Answer } from '../exchange.ts'
import { openComparer } from './compare.ts'

const page = (body: string | Uint8Array, type = 'text/html; charset=utf-8'): Answer => ({
  status: 200,
  message: 'OK',
  fields: ['Content-Type', type],
  body: typeof body === 'string' ? Buffer.from(body) : body,
  trailers: [],
  ms: 1,
})
const compare = await openComparer({ ignore: [], unordered: [] })
const found = (a: Answer, b: Answer): string[] => compare(a, b).map(({ kind, place }) => `${kind} ${place}`)
const whole = (body: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><title>Ships</title>${head}</head><body>${body}</body></html>`
const list = (...words: string[]): string => whole(`<ul>${words.map((word) => `<li>${word}</li>`).join('')}</ul>`)

test.for<[string, string, string]>([
  ['white space between blocks', '<main>\n  <p>one</p>\n\n  <p>two</p>\n</main>', '<main><p>one</p><p>two</p></main>'],
  ['how a line is broken', '<p>one\n   two</p>', '<p> one two </p>'],
  ['the order of attributes', '<p id="a" class="b">x</p>', "<p class=b id='a'>x</p>"],
  ['ends that may be left out', '<ul><li>a<li>b</ul>', '<ul><li>a</li><li>b</li></ul>'],
  ['how a character is written', '<p>&eacute; &amp; &#x27;</p>', "<p>é &amp; '</p>"],
  ['letter case of names', '<P CLASS="a">x</P>', '<p class="a">x</p>'],
])('%s says nothing', ([, a, b]) => {
  expect(found(page(whole(a)), page(whole(b)))).toEqual([])
})

test.for<[string, string, string, string[]]>([
  ['a text', list('a', 'b', 'c'), list('a', 'x', 'c'), ['changed html body > ul > li text']],
  ['one that came', list('a', 'b', 'c'), list('new', 'a', 'b', 'c'), ['extra html body > ul > li']],
  ['one that is gone', list('a', 'b', 'c'), list('a', 'c'), ['missing html body > ul > li']],
  [
    'two of many',
    list('a', 'b', 'c', 'd'),
    list('x', 'b', 'd'),
    ['changed html body > ul > li text', 'missing html body > ul > li'],
  ],
  ['another order', list('a', 'b', 'c'), list('c', 'b', 'a'), ['changed html body > ul order']],
  ['an attribute', whole('<p class="a">x'), whole('<p class="b">x'), ['changed html body > p @class']],
  [
    'an attribute that is gone',
    whole('<a href="/" rel="nofollow">x</a>'),
    whole('<a href="/">x</a>'),
    ['missing html body > a @rel'],
  ],
  ['an attribute of the page', whole(''), whole('').replace('"en"', '"de"'), ['changed html @lang']],
  ['the document type', whole(''), whole('').replace('<!doctype html>', ''), ['missing html doctype']],
  ['the title', whole(''), whole('').replace('Ships', 'Boats'), ['changed html head > title text']],
  ['a space that is seen', whole('<p>a <b>b</b>'), whole('<p>a<b>b</b>'), ['changed html body > p text']],
  ['a space in a line of code', whole('<pre>a  b'), whole('<pre>a b'), ['changed html body > pre text']],
  [
    'a script',
    whole('<script>let a = 1</script>'),
    whole('<script>let a = 2</script>'),
    ['changed html body > script text'],
  ],
  [
    'a style',
    whole('', '<style>p { top: 0 }</style>'),
    whole('', '<style>p { top: 1px }</style>'),
    ['changed html head > style text'],
  ],
  ['a comment', whole('<!-- web-1 -->'), whole('<!-- web-2 -->'), ['changed html body comment']],
  [
    'what a template holds',
    whole('<template><b>a</b></template>'),
    whole('<template><b>b</b></template>'),
    ['changed html body > template > b text'],
  ],
  [
    'the end',
    whole('<p>a</p><p>b</p>'),
    '<!doctype html><html lang="en"><head><title>Ships</title></head><body><p>a</p>',
    ['missing html body > p'],
  ],
])('%s has its place', ([, a, b, places]) => {
  expect(found(page(a), page(b))).toEqual(places)
})

test('what is made anew for each answer has a place of its own, so that noise can be learnt there and nowhere else', () => {
  const form = (nonce: string, token: string, rows: number): string =>
    whole(
      `<form><input type="hidden" name="csrf_token" value="${token}"><input name="rows" value="${rows}"></form>`,
      `<meta name="csrf-token" content="${token}"><meta name="author" content="us"><script nonce="${nonce}" src="/a.js"></script>`,
    )
  const noise = [
    'changed html head > meta[name=csrf-token] @content',
    'changed html head > script @nonce',
    'changed html body > form > input[name=csrf_token] @value',
  ]
  expect(found(page(form('a1', 'b1', 5)), page(form('a2', 'b2', 5)))).toEqual(noise)
  expect(found(page(form('a1', 'b1', 5)), page(form('a2', 'b2', 6)))).toEqual([
    ...noise,
    'changed html body > form > input[name=rows] @value',
  ])
})

test('rows of a table have one name, however many they are and whatever number they carry', () => {
  const rows = (values: readonly number[]): string =>
    whole(`<table>${values.map((value, at) => `<tr><td><input name="row[${at}]" value="${value}">`).join('')}</table>`)
  expect(found(page(rows([1, 2, 3])), page(rows([1, 5, 6])))).toEqual(
    Array.from({ length: 2 }, () => 'changed html body > table > tbody > tr > td > input[name=row[0]] @value'),
  )
})

test('what is shown of a long text is where it parts', () => {
  const text = 'word '.repeat(200)
  const [difference] = compare(page(whole(`<p>${text}seven`)), page(whole(`<p>${text}eight`)))
  expect(difference?.candidate).toMatch(/eight$/)
  expect(difference?.candidate.length).toBeLessThan(60)
})

test.for<[string, Answer, Answer, string[]]>([
  ['no UTF-8', page(Buffer.from('<p>\xe9', 'latin1')), page(Buffer.from('<p>\xea', 'latin1')), ['changed bytes']],
  ['nested past any use', page('<i>'.repeat(600)), page(`${'<i>'.repeat(600)}x`), ['length bytes']],
  ['very large', page(`${'<p>a\n'.repeat(120_000)}b`), page(`${'<p>a\n'.repeat(120_000)}c`), ['changed text']],
])('a page that is %s is compared in a plainer way', ([, a, b, places]) => {
  expect(found(a, b)).toEqual(places)
})
