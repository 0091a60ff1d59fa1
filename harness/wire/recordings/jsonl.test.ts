import { describe, expect, test } from 'vitest'
import { readJsonLines } from './jsonl.ts'
import type { RecordedEntry } from './recorded.ts'

const whole = {
  id: 'a',
  now: '2026-01-01T00:00:00Z',
  request: { method: 'POST', uri: 'https://a.test/p?q#f', headers: [['Host', 'a.test']], body_base64: 'aGk=' },
  status: 201,
  headers: [
    ['Set-Cookie', 'a=1'],
    ['set-cookie', 'b=\u00e4'],
  ],
  body_base64: 'aGVsbG8=',
}

/** Reads lines, in pieces of a few bytes: they end where no line does. */
async function read(lines: readonly unknown[], pieceBytes = 7): Promise<RecordedEntry[]> {
  const bytes = Buffer.from(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  )
  return Array.fromAsync(readJsonLines(pieces, 'some.jsonl'))
}

async function exchangeOf(line: unknown) {
  const [entry] = await read([line])
  if (entry?.is !== 'exchange') throw new Error(`${JSON.stringify(entry)} is no exchange`)
  return entry.exchange
}

async function errorOf(line: unknown): Promise<string> {
  const [entry] = await read([line])
  return entry?.is === 'unreadable' ? entry.error.message : `read as ${JSON.stringify(entry)}`
}

describe('a line', () => {
  test('is one exchange, with its fields as they stood: duplicates apart, one character a byte', async () => {
    const { request, response, receivedAt } = await exchangeOf(whole)
    expect(request).toMatchObject({ method: 'POST', url: 'https://a.test/p?q#f', target: '/p?q', version: '1.1' })
    expect(Buffer.from(request.body).toString()).toBe('hi')
    expect(response).toMatchObject({ status: 201, version: '1.1', bodyBytes: 5, complete: true, cutOff: false })
    expect(response?.fields).toEqual([
      { name: 'Set-Cookie', value: 'a=1' },
      { name: 'set-cookie', value: 'b=\u00e4' },
    ])
    expect(Buffer.from(response?.body ?? []).toString()).toBe('hello')
    expect(new Date(receivedAt).toISOString()).toBe('2026-01-01T00:00:00.000Z')
  })

  test('has values without the white space around them, which is no part of them', async () => {
    const { response } = await exchangeOf({
      ...whole,
      headers: [
        ['Age', ' 1\t'],
        ['Server', '\u00a0a b '],
      ],
    })
    expect(response?.fields.map(({ value }) => value)).toEqual(['1', '\u00a0a b'])
  })

  test('needs no more than a URI, a status and fields; content that was not kept is not called empty', async () => {
    const { request, response } = await exchangeOf({ request: { uri: 'http://a.test' }, status: 200, headers: [] })
    expect(request).toMatchObject({ method: 'GET', target: '/', fields: [] })
    expect(response).toMatchObject({ complete: false, cutOff: true, framing: 'none' })
  })

  test('without `now` arrived when its own Date says', async () => {
    const date = 'Thu, 01 Jan 2026 00:00:09 GMT'
    const { receivedAt } = await exchangeOf({ ...whole, now: undefined, headers: [['date', date]] })
    expect(new Date(receivedAt).toUTCString()).toBe(date)
  })

  test.each([
    ['1.0', '1.0', '1.0'],
    ['HTTP/1.1', '1.1', '1.1'],
    ['2', '2', '2'],
    ['HTTP/2.0', '2', '2'],
    ['3', '3', '2'],
  ])('may say which version was spoken: %s', async (given, response, request) => {
    const exchange = await exchangeOf({ ...whole, http_version: given })
    expect([exchange.response?.version, exchange.request.version]).toEqual([response, request])
  })

  test.each([
    ['http://a.test/p', 'GET', 'http://a.test/p', '/p'],
    ['/p?q', 'GET', 'http://b.test/p?q', '/p?q'],
    ['*', 'OPTIONS', 'http://b.test/', '*'],
    ['c.test:443', 'CONNECT', 'http://c.test:443/', 'c.test:443'],
    ['http://[', 'GET', 'http://[', '/'],
  ])('takes the URI %s of %s as it stands', async (uri, method, url, target) => {
    const { request } = await exchangeOf({ ...whole, request: { method, uri, headers: [['Host', 'b.test']] } })
    expect([request.url, request.target]).toEqual([url, target])
  })
})

describe('a line that is wrong', () => {
  test.each<[title: string, line: unknown, message: string]>([
    ['no JSON', 'nonsense', 'some.jsonl: line 1: given "nonsense", wanted one exchange as a JSON object'],
    ['a list', [], 'some.jsonl: line 1: given [], wanted one exchange as a JSON object'],
    ['no request', { ...whole, request: undefined }, 'some.jsonl: line 1: request: given nothing, wanted the request'],
    ['a status in words', { ...whole, status: 'OK' }, 'line 1: status: given "OK", wanted a status as a whole number'],
    ['fields as an object', { ...whole, headers: {} }, 'headers: given {}, wanted a list of pairs [name, value]'],
    ['a field of three', { ...whole, headers: [['a', 'b', 'c']] }, 'headers[0]: given ["a","b","c"], wanted a pair'],
    ['a euro sign', { ...whole, headers: [['a', '\u20ac']] }, 'headers[0][1]: given "\u20ac", wanted latin-1 text'],
    ['half a base64', { ...whole, body_base64: 'abc' }, 'body_base64: given "abc", wanted text in base64'],
    ['no base64', { ...whole, body_base64: '\u00e4' }, 'body_base64: given "\u00e4", wanted text in base64'],
    ['no time', { ...whole, now: 'noon' }, 'now: given "noon", wanted a date and time such as 2026-01-01T00:00:00Z'],
  ])('says what is given and what is wanted: %s', async (_title, line, message) => {
    expect(await errorOf(line)).toContain(message)
  })

  test('does not keep the others from being read, and is told by its id and its line', async () => {
    const entries = await read([whole, '', { ...whole, id: 'b', status: null }, '{"id": "c"', { ...whole, id: 'd' }])
    expect(entries).toMatchObject([
      { is: 'exchange', id: 'a' },
      { is: 'unreadable', id: 'b', number: 3 },
      { is: 'unreadable', id: undefined, number: 4 },
      { is: 'exchange', id: 'd' },
    ])
  })

  test('of more than 32 MiB is passed over without being kept', async () => {
    const entries = await read([`"${'a'.repeat(33 * 1024 * 1024)}"`, whole], 1024 * 1024)
    expect(entries).toMatchObject([
      { is: 'unreadable', number: 1 },
      { is: 'exchange', id: 'a' },
    ])
  })
})

test('a byte order mark, CR LF and a missing last line end are taken as they are meant', async () => {
  const entries = await read([`\uFEFF${JSON.stringify(whole)}\r`, `${JSON.stringify({ ...whole, id: undefined })}\r`])
  expect(entries).toMatchObject([
    { is: 'exchange', id: 'a' },
    { is: 'exchange', id: 'line 2' },
  ])
})
