import { expect, test } from 'vitest'
import { given } from './message.ts'
import { lint, passiveChecks } from './passive.ts'

/** What servers send as their distribution ships them; heads as they were seen, with one date. */
const checks = await passiveChecks()

interface Stock {
  readonly head: string
  readonly method?: string
  readonly requestFields?: readonly (readonly [name: string, value: string])[]
  /** Bytes of content; unless said, as many as Content-Length says. */
  readonly content?: number
}

function findings({ head, method = 'GET', requestFields = [], content }: Stock) {
  const [statusLine = '', ...lines] = head.trim().split('\n')
  const [, status = '', reason = ''] = /^HTTP\/1\.1 (\d{3}) (.*)$/.exec(statusLine) ?? []
  const fields = lines.map((line) => {
    const [name = '', ...rest] = line.trim().split(': ')
    return [name, rest.join(': ')] as const
  })
  const length = fields.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? '0'
  const none = method === 'HEAD' || status === '304'
  const body = none ? '' : 'x'.repeat(content ?? Number(length))
  const message = given({ method, requestFields, status: Number(status), reason, fields, body })
  return lint(message, checks).flatMap((result) => {
    expect(result.unsettled).toBeUndefined()
    return result.findings
  })
}

const nginx = `
  Server: nginx/1.22.1
  Date: Thu, 01 Jan 2026 00:00:00 GMT`

const apache = `
  Date: Thu, 01 Jan 2026 00:00:00 GMT
  Server: Apache/2.4.57 (Debian)`

const validators = `
  Last-Modified: Wed, 31 Dec 2025 00:00:00 GMT
  ETag: "6b016b32-267"
  Accept-Ranges: bytes`

const stock: Record<string, Stock> = {
  'nginx, its welcome': {
    head: `HTTP/1.1 200 OK${nginx}
  Content-Type: text/html
  Content-Length: 615
  Connection: keep-alive${validators}`,
  },
  'nginx, its welcome to HEAD': {
    method: 'HEAD',
    head: `HTTP/1.1 200 OK${nginx}
  Content-Type: text/html
  Content-Length: 615
  Connection: keep-alive${validators}`,
  },
  'nginx, nothing there': {
    head: `HTTP/1.1 404 Not Found${nginx}
  Content-Type: text/html
  Content-Length: 153
  Connection: keep-alive`,
  },
  'nginx, a folder without its slash': {
    head: `HTTP/1.1 301 Moved Permanently${nginx}
  Content-Type: text/html
  Content-Length: 169
  Location: http://origin.test/images/
  Connection: keep-alive`,
  },
  'nginx, not modified': {
    requestFields: [['If-None-Match', '"6b016b32-267"']],
    head: `HTTP/1.1 304 Not Modified${nginx}
  Connection: keep-alive
  Last-Modified: Wed, 31 Dec 2025 00:00:00 GMT
  ETag: "6b016b32-267"`,
  },
  'nginx, a part': {
    requestFields: [['Range', 'bytes=0-9']],
    head: `HTTP/1.1 206 Partial Content${nginx}
  Content-Type: text/html
  Content-Length: 10
  Content-Range: bytes 0-9/615
  Connection: keep-alive${validators}`,
  },
  'nginx, two parts': {
    requestFields: [['Range', 'bytes=0-9,20-30']],
    head: `HTTP/1.1 206 Partial Content${nginx}
  Content-Type: multipart/byteranges; boundary=00000000000000000001
  Content-Length: 217
  Connection: keep-alive`,
  },
  'nginx, a range past the end': {
    requestFields: [['Range', 'bytes=999999-']],
    head: `HTTP/1.1 416 Requested Range Not Satisfiable${nginx}
  Content-Type: text/html
  Content-Length: 197
  Connection: keep-alive
  Content-Range: bytes */615`,
  },
  'nginx, compressed': {
    method: 'HEAD',
    requestFields: [['Accept-Encoding', 'gzip']],
    head: `HTTP/1.1 200 OK${nginx}
  Content-Type: text/html
  Last-Modified: Wed, 31 Dec 2025 00:00:00 GMT
  Connection: keep-alive
  ETag: W/"6b016b32-267"
  Content-Encoding: gzip`,
  },
  'nginx, nobody behind it': {
    head: `HTTP/1.1 502 Bad Gateway${nginx}
  Content-Type: text/html
  Content-Length: 157
  Connection: keep-alive`,
  },
  'Apache, its welcome': {
    head: `HTTP/1.1 200 OK${apache}${validators}
  Content-Length: 10701
  Vary: Accept-Encoding
  Keep-Alive: timeout=5, max=100
  Connection: Keep-Alive
  Content-Type: text/html`,
  },
  'Apache with HTTP/2 to offer': {
    head: `HTTP/1.1 200 OK${apache}
  Upgrade: h2,h2c
  Connection: Upgrade, Keep-Alive${validators}
  Content-Length: 10701
  Vary: Accept-Encoding
  Content-Type: text/html`,
  },
  'Apache, nothing there': {
    head: `HTTP/1.1 404 Not Found${apache}
  Content-Length: 314
  Connection: close
  Content-Type: text/html; charset=iso-8859-1`,
  },
  'Apache, another method': {
    method: 'PUT',
    head: `HTTP/1.1 405 Method Not Allowed${apache}
  Allow: GET,POST,OPTIONS,HEAD
  Content-Length: 338
  Content-Type: text/html; charset=iso-8859-1`,
  },
  'Apache, what it can do': {
    method: 'OPTIONS',
    head: `HTTP/1.1 200 OK${apache}
  Allow: GET,POST,OPTIONS,HEAD
  Content-Length: 0
  Content-Type: text/html`,
  },
  'HAProxy, nobody behind it': {
    head: `HTTP/1.1 503 Service Unavailable
  content-length: 107
  cache-control: no-cache
  content-type: text/html`,
  },
  'HAProxy, forbidden': {
    head: `HTTP/1.1 403 Forbidden
  content-length: 93
  cache-control: no-cache
  content-type: text/html`,
  },
  'HAProxy, a password': {
    head: `HTTP/1.1 401 Unauthorized
  content-length: 112
  cache-control: no-cache
  content-type: text/html
  www-authenticate: Basic realm="staff"`,
  },
  'HAProxy, to https': {
    head: `HTTP/1.1 301 Moved Permanently
  content-length: 0
  location: https://origin.test/`,
  },
  'HAProxy, its statistics': {
    content: 9000,
    head: `HTTP/1.1 200 OK
  cache-control: no-cache
  content-type: text/html
  transfer-encoding: chunked`,
  },
  'HAProxy, a bad request': {
    head: `HTTP/1.1 400 Bad request
  Content-length: 90
  Cache-Control: no-cache
  Connection: close
  Content-Type: text/html`,
  },
}

test.each(Object.entries(stock))('%s: nothing of it is an error', (_, each) => {
  const found = findings(each)
  expect(found.length).toBeGreaterThan(0)
  expect(found.filter(({ level }) => level === 'error')).toEqual([])
})

test('the welcome of nginx is found to lack a policy for caches and browsers, and to tell its version', () => {
  const found = findings(stock['nginx, its welcome'] ?? { head: '' })
  // What is only told, of caching and dates, is in no list of faults.
  const faults = found.filter(({ level, wants }) => level !== 'info' || !wants.startsWith('This is told'))
  expect(faults.map(({ level, rule }) => `${level} ${rule}`)).toEqual([
    'warning http/absent-cache-control-missing',
    'warning http/absent-content-security-policy-missing',
    'warning http/absent-frame-protection-missing',
    'info http/absent-referrer-policy-missing',
    'good http/absent-validators-present',
    'warning http/absent-x-content-type-options-missing',
    'good http/content-length-correct',
    'info http/content-type-charset-missing',
    'good http/date-correct',
    'warning http/server-versioned',
  ])
})

test('the 405 of nginx has no Allow, which a MUST of RFC 9110 asks for: that is an error, and the only one', () => {
  const found = findings({
    method: 'PUT',
    head: `HTTP/1.1 405 Not Allowed${nginx}
  Content-Type: text/html
  Content-Length: 157
  Connection: keep-alive`,
  })
  expect(found.filter(({ level }) => level === 'error').map(({ rule }) => rule)).toEqual(['http/required-fields-allow'])
})
