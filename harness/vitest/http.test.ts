import { describe, expect, test } from 'vitest'
import { startOrigin } from '../../fixtures/servers/origin.ts'
import type { OriginOptions } from '../../fixtures/servers/origin.ts'
import { rawServer, saying } from '../../fixtures/servers/raw.ts'
import { createClient } from '../wire/index.ts'
import type { HttpExpectations, ToMeetHttpOptions } from './http.ts'
import './http.ts'

/** What is said of a page that is not as expected; a page that is, is none of these tests' business. */
async function failure(received: unknown, expected: HttpExpectations, options?: ToMeetHttpOptions): Promise<string> {
  return rejection(expect(received).toMeetHttp(expected, options))
}

async function rejection(matched: Promise<void>): Promise<string> {
  try {
    await matched
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('it passed')
}

async function told(expected: HttpExpectations, options: OriginOptions = {}): Promise<string> {
  await using origin = await startOrigin(options)
  // Awaited here, or the server would be gone before it is asked.
  return await failure(origin.url, expected, { name: 'the page' })
}

describe('a page', () => {
  test('that is as expected passes, by its address as text or as a URL', async () => {
    await using origin = await startOrigin()
    await expect(origin.url).toMeetHttp({ answer: { status: 200, fieldsPresent: ['etag'] } })
    await expect(new URL(origin.url)).toMeetHttp({
      caching: { sharedForSeconds: 60, vary: ['Accept-Encoding'] },
      content: { codings: ['gzip', 'br'] },
      protocol: { head: true, ranges: true, notModified: true, missingPage: {} },
    })
  })

  test('that is not teaches what was seen and wanted, and how to see it again', async () => {
    expect(await told({ answer: { status: 404 }, caching: { sharedForSeconds: 60 } })).toMatchInlineSnapshot(`
      "expected the page to meet 2 expectations, got 1 finding

      ERROR http/expected-answer-status-unmet at the page (response)
        saw:    Expected status 404; seen: status 200.
        wanted: The page is as \`expect\` says, in the configuration or in a test.
        mend:   Mend the server; or the expectation, when it is no longer what you want.
        source: RFC 9110 section 15  https://www.rfc-editor.org/rfc/rfc9110#section-15
        replay: seatrial test harness/vitest/http.test.ts -t "a page > that is not teaches what was seen and wanted, and how to see it again""
    `)
  })

  test('is asked further where an expectation needs it', async () => {
    const expected = { protocol: { missingPage: { status: 404 } } }
    expect(await told(expected, { faults: ['soft-404'] })).toContain(
      'Expected status 404 where there is no page; seen: status 200.',
    )
  })

  test('is looked at over TLS, whoever signed its certificate', async () => {
    await using origin = await startOrigin({ tls: true })
    await expect(origin.url).toMeetHttp({ protocol: { http2: true, tlsAtLeast: 'TLSv1.2' } })
  })

  test('that breaks off is not judged by what came of it', async () => {
    await using server = await rawServer(saying('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok'))
    const text = await failure(server.url, { answer: { status: 200 } })
    expect(text).toContain('ERROR http/answer-cut-short at ')
  })

  test('where nobody answers could not be looked at, which is no pass', async () => {
    const origin = await startOrigin()
    await origin[Symbol.asyncDispose]()
    const text = await failure(origin.url, { answer: { status: 200 } })
    expect(text).toContain('got 0 findings\n  could not look: http/expect at ')
    expect(text).toContain('no answer (refused, connect, ')
  })

  test('that answers too late could not be looked at either', async () => {
    await using server = await rawServer(() => {})
    const text = await failure(server.url, { answer: { status: 200 } }, { deadlineMs: 50 })
    expect(text).toContain('no answer (timeout, head, ')
  })
})

describe('an exchange of the wire client', () => {
  const url = async (faults: OriginOptions['faults'] = []) => startOrigin({ faults })

  test('is judged as it stands', async () => {
    await using origin = await url()
    await using client = createClient()
    const exchange = await client.send({ url: origin.url, method: 'HEAD', fields: [['Accept-Language', 'en']] })
    await origin[Symbol.asyncDispose]()
    await expect(exchange).toMeetHttp({ answer: { status: 200 }, content: { type: 'text/html' } })
    expect(await failure(exchange, { answer: { status: 404 } })).toContain('seen: status 200')
  })

  test('cannot be asked further: what needs that could not be looked at', async () => {
    await using origin = await url()
    await using client = createClient()
    const exchange = await client.send({ url: origin.url })
    const text = await failure(exchange, { answer: { status: 200 }, protocol: { ranges: true } })
    expect(text).toContain('http/expected-protocol-ranges: further questions are needed, and this exchange is over')
  })
})

describe('misuse says what was passed in', () => {
  test.each([
    ['nothing', undefined, 'undefined'],
    ['a path', '/page', "'/page'"],
    ['another protocol', 'ftp://127.0.0.1/', "'ftp://127.0.0.1/'"],
    ['a promise that nobody awaited', Promise.resolve('http://127.0.0.1/'), 'a promise: await it first'],
    ['an answer of fetch', new Response('ok'), 'a Response of fetch(), which has repaired what it read'],
  ])('%s', async (_title, received, named) => {
    expect(await failure(received, { answer: { status: 200 } })).toBe(
      `toMeetHttp takes an http:// or https:// address, or an exchange of the wire client, was given ${named}`,
    )
  })

  const nowhere = 'http://127.0.0.1:9/'

  test('an expectation that there is not, before anybody is asked', async () => {
    // Types refuse them; a test in JavaScript has none.
    const misspelt = { caching: { sharedForSecond: 60 } } as object
    expect(await failure(nowhere, misspelt)).toMatch(
      /^toMeetHttp: caching.sharedForSecond: given the unknown key "sharedForSecond", .* Did you mean "sharedForSeconds"\?$/,
    )
    const senseless = { timing: { totalMs: '1s' }, cookies: { none: 1 } } as object
    expect((await failure(nowhere, senseless)).split('\n')).toEqual([
      expect.stringContaining('toMeetHttp: cookies.none: given 1, wanted true'),
      expect.stringContaining('toMeetHttp: timing.totalMs: given "1s", wanted a number'),
    ])
  })

  test.each([[{}], [{ caching: {} }]])('nothing to expect: %o', async (expected) => {
    expect(await failure(nowhere, expected)).toMatch(/^toMeetHttp was given nothing to expect: /)
  })

  test('.not, which would be met by any one of several', async () => {
    const matched = expect(nowhere).not.toMeetHttp({ answer: { status: 200 } })
    expect(await rejection(matched)).toMatch(/^toMeetHttp has no \.not: /)
  })

  test('an address beyond loopback that no configuration allows', async () => {
    expect(await failure('http://192.0.2.1/', { answer: { status: 200 } })).toContain(
      'network.allow: given http://192.0.2.1',
    )
  })
})
