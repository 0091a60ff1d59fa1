import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { newline, pieces } from './pieces.ts'
import { onlyRequest, reading } from '../testing/reading.ts'

const monkeys = '\n\u{1F435}\u{1F648}\u{1F649}\n'
const payload = (kind: number, id: string, ms: number, message: string): string =>
  `${kind} ${id} ${ms}000000 ${kind === 1 ? '' : '2500000'}`.trimEnd() + `\n${message}${monkeys}`
const post = 'POST /a?b HTTP/1.1\r\nHost: a.test\r\nX-A:  1 \r\nx-a: 2\r\nContent-Length: 2\r\n\r\nhi'
const chunked = 'HTTP/1.1 201 Made\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\nabc\r\n2\r\nde\r\n0\r\nX-T: t\r\n\r\n'

describe('a file of GoReplay', () => {
  test.for([
    ['plain', (text: string) => Buffer.from(text)],
    ['compressed', (text: string) => gzipSync(text)],
  ] as const)('%s: a request finds its answer behind others', async ([, made]) => {
    const text =
      payload(1, 'a1', 1_000, post) +
      payload(1, 'b2', 1_001, 'GET / HTTP/1.1\r\n\r\n') +
      payload(2, 'a1', 1_004, chunked)
    const { format, entries } = await reading(made(text))
    expect(format).toBe('goreplay')
    expect(entries).toMatchObject([
      {
        asked: {
          method: 'POST',
          target: '/a?b',
          fields: ['Host', 'a.test', 'X-A', '1', 'x-a', '2', 'Content-Length', '2'],
        },
        body: Buffer.from('hi'),
        at: 1_000,
        ms: 2.5,
        answer: { status: 201, message: 'Made', body: Buffer.from('abcde'), trailers: ['X-T', 't'], ms: 2.5 },
      },
      { asked: { method: 'GET', target: '/' }, at: 1_001, answer: 'no whole answer was recorded' },
    ])
  })

  test.for<[name: string, bytes: string, why: string]>([
    ['no line before it', 'GET / HTTP/1.1\r\n\r\n', 'does not begin'],
    ['a head without end', '1 c3 5\nGET / HTTP/1.1\r\nHost: a', 'no end'],
    ['content that is cut off', `1 c3 5\n${post.replace('Length: 2', 'Length: 9')}`, '2 of 9 bytes'],
    ['no request line', '1 c3 5\nhello\r\n\r\n', 'no request line'],
    ['a field without a name', '1 c3 5\nGET / HTTP/1.1\r\n: x\r\n\r\n', 'no field'],
    ['no status line', '2 c3 5 5\nhello\r\n\r\n', 'no status line'],
  ])('a payload with %s is told, and the next is read', async ([, bytes, why]) => {
    const { entries } = await reading(payload(3, 'a', 1, 'x') + bytes + monkeys + payload(1, 'a1', 1_000, post))
    expect(entries).toMatchObject([
      { is: 'unread', where: 'payload 2', why: expect.stringContaining(why) },
      { is: 'request' },
    ])
  })

  test('is cut at its separators wherever chunks end', async () => {
    const long = `POST / HTTP/1.1\r\nContent-Length: 300000\r\n\r\n${'y'.repeat(300_000)}`
    const text = Array.from({ length: 9 }, (_, at) => payload(1, `${at}`, at, long)).join('')
    const { entries } = await reading(text)
    expect(entries.map((each) => (each.is === 'request' ? each.body?.length : each.why))).toEqual(
      Array(9).fill(300_000),
    )
  })
})

describe('HAR', () => {
  const entry = {
    startedDateTime: '2026-11-22T11:00:01.000Z',
    time: 30,
    connection: '4711',
    _initiator: { type: 'parser' },
    request: {
      method: 'GET',
      url: 'https://a.test/p?q=1#f',
      httpVersion: 'h2',
      headers: [
        { name: ':authority', value: 'a.test' },
        { name: 'accept', value: '*/*' },
      ],
    },
    response: {
      status: 200,
      statusText: '',
      httpVersion: 'h2',
      headers: [{ name: 'content-type', value: 'image/png' }],
      content: { size: 3, mimeType: 'image/png', text: 'AP+A', encoding: 'base64' },
    },
    timings: { send: 0, wait: 20, receive: 10 },
  }
  const har = (...entries: readonly unknown[]): string =>
    JSON.stringify({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries, _extra: [] } })
  const asking = (request: object): unknown => ({ ...entry, request: { ...entry.request, ...request } })

  test('has connections, times and contents', async () => {
    expect(await onlyRequest(har(entry))).toMatchObject({
      where: 'entry 1',
      asked: { method: 'GET', target: '/p?q=1', fields: ['Host', 'a.test', 'accept', '*/*'] },
      at: Date.UTC(2026, 10, 22, 11, 0, 1),
      ms: 30,
      connection: '4711',
      answer: { status: 200, body: Buffer.from([0, 255, 128]) },
    })
  })

  test.for<[name: string, entry: unknown, wanted: object]>([
    ['without a response', { ...entry, response: undefined }, { answer: 'no whole answer was recorded' }],
    [
      'that was blocked',
      { ...entry, response: { status: 0, headers: [] } },
      { answer: 'no whole answer was recorded' },
    ],
    [
      'whose content was left out',
      { ...entry, response: { ...entry.response, content: { size: 3 } } },
      { answer: 'content was not kept' },
    ],
    [
      'that sent something',
      asking({
        method: 'POST',
        postData: { mimeType: 'text/plain', text: 'h\u00e9' },
        headers: [{ name: 'content-length', value: '2' }],
      }),
      { body: new TextEncoder().encode('h\u00e9'), asked: { fields: ['Host', 'a.test', 'content-length', '3'] } },
    ],
    [
      'whose request content was left out',
      asking({ method: 'POST', headers: [{ name: 'content-length', value: '2' }] }),
      { unplayable: 'content was not kept' },
    ],
    [
      'that became a WebSocket',
      asking({ headers: [{ name: 'Upgrade', value: 'websocket' }] }),
      { unplayable: 'a WebSocket' },
    ],
  ])('an entry %s', async ([, given, wanted]) => {
    expect(await onlyRequest(har(given))).toMatchObject(wanted)
  })

  test('of several hosts is played for one of them, and the others are counted', async () => {
    const content = har(entry, asking({ url: 'https://cdn.test/x' }))
    const marks = async (host?: string): Promise<unknown[]> =>
      (await reading(content, host === undefined ? {} : { host })).entries.map((each) =>
        each.is === 'request' ? each.unplayable : each.why,
      )
    expect(await marks()).toEqual([undefined, 'for another host'])
    expect(await marks('CDN.test')).toEqual(['for another host', undefined])
  })

  test('that is torn, or holds what is no entry, is read as far as it goes', async () => {
    const whole = har(entry, { ...entry, request: {} }, asking({ url: 'data:,x' }), entry)
    const { entries } = await reading(whole.slice(0, -400))
    expect(entries.map(({ is, where }) => [is, where])).toEqual([
      ['request', 'entry 1'],
      ['unread', 'entry 2'],
      ['unread', 'entry 3'],
      ['unread', 'entry 4'],
    ])
  })
})

describe('a file that nobody knows is a wrong command line', () => {
  test.for<[name: string, content: string | Uint8Array, wanted: string]>([
    ['empty', '', 'an empty file'],
    ['text', 'hello\n', 'hello'],
    ['UTF-16', Buffer.from('\uFEFF{"log":{}}', 'utf16le'), 'UTF-16'],
    ['broken gzip', Buffer.from([0x1f, 0x8b, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]), 'cannot be read'],
    ['a record of a later version', '{"format":"seatrial-record","version":2}\n', 'version 1'],
  ])('%s', async ([, content, wanted]) => {
    await expect(reading(content)).rejects.toMatchObject({
      code: 'SEATRIAL_USAGE',
      message: expect.stringContaining(wanted),
    })
  })
})

test('compressed with gzip and torn, it is read as far as it goes', async () => {
  const line = (at: number): string => `192.0.2.7 - - [22/Nov/2026:11:00:01 +0000] "GET /${at} HTTP/1.1" 200 5\n`
  const whole = gzipSync(Array.from({ length: 20_000 }, (_, at) => line(at)).join(''))
  const { entries } = await reading(whole.subarray(0, whole.length / 2))
  expect(entries.filter(({ is }) => is === 'request').length).toBeGreaterThan(1_000)
  expect(entries.at(-1)).toEqual({
    is: 'unread',
    where: 'the rest of the file',
    why: expect.stringContaining('unexpected end'),
  })
})

test('a line of 100 MB costs no more memory than its chunks, and is told', async () => {
  const chunk = Buffer.alloc(2 ** 20, 'x')
  const source = async function* () {
    for (let at = 0; at < 100; at++) yield chunk
    yield Buffer.from('\nlast')
  }
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  const found: (string | undefined)[] = []
  for await (const { bytes } of pieces(source(), newline, 2 ** 22)) {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    found.push(bytes?.toString())
  }
  expect(found).toEqual([undefined, 'last'])
  expect(most).toBeLessThan(2 ** 23)
})
