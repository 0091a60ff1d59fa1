import { describe, expect, test } from 'vitest'
import { readHar } from './har.ts'
import type { RecordedEntry } from './recorded.ts'

const entry = {
  startedDateTime: '2026-01-01T00:00:00.000Z',
  time: 30,
  request: { method: 'GET', url: 'https://a.test/p?token=1', httpVersion: 'HTTP/1.1', headers: [] },
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: 'HTTP/1.1',
    headers: [{ name: 'Content-Type', value: 'text/plain' }],
    content: { size: 6, mimeType: 'text/plain', text: 'h\u00e4llo' },
    bodySize: 6,
  },
  timings: { connect: 10, ssl: 4, send: 0, wait: 5, receive: 20 },
}

async function read(text: string): Promise<RecordedEntry[]> {
  const bytes = Buffer.from(text)
  const pieces = Array.from({ length: Math.ceil(bytes.length / 50) }, (_, at) => bytes.subarray(at * 50, at * 50 + 50))
  return Array.fromAsync(readHar(pieces, 'some.har'))
}

const har = (...entries: readonly unknown[]): string =>
  JSON.stringify({ log: { version: '1.2', pages: [{ id: 'p' }], entries, comment: 'last' } })

async function exchangeOf(given: unknown) {
  const [found] = await read(har(given))
  if (found?.is !== 'exchange') throw new Error(`${JSON.stringify(found)} is no exchange`)
  return { id: found.id, ...found.exchange }
}

const answering = (response: object) => ({ ...entry, response: { ...entry.response, ...response } })

describe('an entry', () => {
  test('is one exchange; the head arrived before the content', async () => {
    const { request, response, receivedAt, timing } = await exchangeOf(entry)
    expect(request).toMatchObject({ method: 'GET', url: 'https://a.test/p?token=1', target: '/p?token=1' })
    expect(response).toMatchObject({ status: 200, reason: 'OK', version: '1.1', complete: true, bodyBytes: 6 })
    expect(new Date(receivedAt).toISOString()).toBe('2026-01-01T00:00:00.010Z')
    expect(timing).toEqual({ connectMs: 6, tlsMs: 4, firstByteMs: 10, totalMs: 30 })
  })

  test('is called by method and URL, without the query, where secrets stand', async () => {
    expect((await exchangeOf(entry)).id).toBe('GET https://a.test/p')
  })

  test('of HTTP/2 has no pseudo-fields', async () => {
    const headers = [
      { name: ':status', value: '200' },
      { name: 'via', value: '\u20ac' },
    ]
    const { response } = await exchangeOf(answering({ httpVersion: 'h2', headers }))
    expect(response).toMatchObject({ version: '2', fields: [{ name: 'via', value: '\u00e2\u0082\u00ac' }] })
  })

  test.each<[title: string, response: object]>([
    ['decoded', { headers: [{ name: 'content-encoding', value: 'gzip' }] }],
    ['of another charset', { content: { size: 5, text: 'h\u00e4llo' } }],
    ['left out', { content: { size: 6 } }],
  ])('whose content is %s counts as one whose content was not kept', async (_title, response) => {
    const { response: found } = await exchangeOf(answering(response))
    expect(found).toMatchObject({ complete: false, cutOff: true, bodyBytes: 6 })
  })

  test('with content in base64 has its bytes', async () => {
    const { response } = await exchangeOf(answering({ content: { size: 2, text: 'aGk=', encoding: 'base64' } }))
    expect(Buffer.from(response?.body ?? []).toString()).toBe('hi')
  })

  test('that was never answered has no response', async () => {
    expect((await exchangeOf(answering({ status: 0 }))).response).toBeUndefined()
  })

  test('of a data: URL is no HTTP exchange', async () => {
    const [found] = await read(har({ ...entry, request: { ...entry.request, url: 'data:text/plain,a' } }))
    expect(found).toEqual({ is: 'foreign', id: 'GET data:text/plain,a', why: 'data: is not HTTP' })
  })
})

describe('what is wrong', () => {
  test('in one entry is told with its place, and the others are read', async () => {
    const entries = await read(har(entry, answering({ headers: 'none' }), entry))
    expect(entries.map(({ is }) => is)).toEqual(['exchange', 'unreadable', 'exchange'])
    expect(entries[1]).toMatchObject({
      number: 2,
      error: { path: 'some.har: entry 2: response.headers', given: '"none"' },
    })
  })

  test.each([
    ['ends too early', (text: string) => text.slice(0, -3)],
    ['ends in an entry', (text: string) => text.slice(0, -120)],
    ['stops being JSON', (text: string) => text.replace('"comment"', 'oops')],
  ])('in a file that %s is told after what could be read', async (_title, broken) => {
    const entries = await read(broken(har(entry, entry)))
    expect(entries[0]).toMatchObject({ is: 'exchange' })
    expect(entries.at(-1)).toMatchObject({ is: 'unreadable', error: { wanted: 'JSON' } })
  })
})

test('a file without entries has none', async () => {
  expect(await read(har())).toEqual([])
})
