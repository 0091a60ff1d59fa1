import { describe, expect, test } from 'vitest'
import { onlyRequest, reading } from '../testing/reading.ts'

const combined =
  '192.0.2.7 - bob [22/Nov/2026:12:00:01 +0100] "GET /a?b=1 HTTP/1.1" 200 512 "https://a.test/" "Mozilla/5.0 (X11)"'
const at = Date.UTC(2026, 10, 22, 11, 0, 1)

test('a line of combined format is a request with the two fields that it has', async () => {
  expect(await reading(`${combined}\n`)).toMatchObject({
    format: 'nginx',
    entries: [
      {
        is: 'request',
        where: 'line 1',
        asked: {
          method: 'GET',
          target: '/a?b=1',
          fields: ['referer', 'https://a.test/', 'user-agent', 'Mozilla/5.0 (X11)'],
        },
        body: undefined,
        at,
        grain: 1_000,
        connection: undefined,
        address: '192.0.2.7',
        answer: 'no whole answer was recorded',
      },
    ],
  })
})

test.for<[name: string, line: string, format: string | undefined, wanted: object]>([
  [
    'combined, as nginx escapes',
    '::1 - - [22/Nov/2026:11:00:01 +0000] "GET /\\xC3\\xA9 HTTP/1.1" 200 5 "-" "say \\x22hi\\x22"',
    undefined,
    { asked: { target: '/\u00c3\u00a9', fields: ['user-agent', 'say "hi"'] }, at },
  ],
  [
    'combined, as Apache escapes',
    '::1 - - [22/Nov/2026:11:00:01 +0000] "GET / HTTP/1.1" 200 5 "-" "say \\"hi\\" \\\\"',
    undefined,
    { asked: { fields: ['user-agent', 'say "hi" \\'] } },
  ],
  [
    'common',
    '192.0.2.7 - - [22/Nov/2026:11:00:01 +0000] "HEAD /x HTTP/1.0" 304 -',
    undefined,
    { asked: { method: 'HEAD', target: '/x', fields: [] }, at, grain: 1_000, address: '192.0.2.7' },
  ],
  [
    'vhost_combined',
    'www.a.test:443 192.0.2.7 - - [22/Nov/2026:11:00:01 +0000] "GET / HTTP/2.0" 200 5 "-" "curl"',
    undefined,
    { asked: { fields: ['Host', 'www.a.test', 'User-Agent', 'curl'] } },
  ],
  [
    'a log_format with times, connection and host',
    '1795345201.500 7.250 42 3 GET /slow?x=%20 a.test text/html',
    '$msec $request_time $connection $connection_requests $request_method $request_uri $host $http_accept',
    {
      asked: { method: 'GET', target: '/slow?x=%20', fields: ['Host', 'a.test', 'accept', 'text/html'] },
      at: 1_795_345_194_250,
      grain: 1,
      ms: 7_250,
      connection: '42',
    },
  ],
  [
    'a log_format of JSON, as it stands in nginx.conf',
    '{"t":"2026-11-22T11:00:01+00:00","r":"POST /search HTTP/1.1","b":"{\\"q\\":\\"\\u0041\\"}","ip":"192.0.2.7"}',
    `log_format j escape=json '{"t":"$time_iso8601","r":"$request",'\n  '"b":"$request_body","ip":"$remote_addr"}';`,
    { asked: { method: 'POST', target: '/search' }, body: Buffer.from('{"q":"A"}'), at, grain: 1_000 },
  ],
  [
    'a log_format with path and query apart',
    '[22/Nov/2026:11:00:01 +0000] GET /p a=1&b=2',
    '[$time_local] $request_method ${uri} $args',
    { asked: { target: '/p?a=1&b=2' } },
  ],
  [
    'a LogFormat with microseconds',
    '192.0.2.7 1795345201500123 2500 GET /p ?q=1 "a.test"',
    '%a %{usec}t %D %m %U %q "%{Host}i"',
    { asked: { target: '/p?q=1', fields: ['Host', 'a.test'] }, at: 1_795_345_201_500.123, grain: 1, ms: 2.5 },
  ],
  [
    'a LogFormat, as it stands in apache2.conf',
    '192.0.2.7 [22/Nov/2026:11:00:01 +0000] "GET /p HTTP/1.1" 200 "text/html, */*" 12',
    'LogFormat "%h %t \\"%r\\" %>s \\"%{Accept}i\\" %{ms}T" mine',
    { asked: { target: '/p', fields: ['Accept', 'text/html, */*'] }, at, ms: 12 },
  ],
  [
    'HAProxy, behind syslog',
    '<134>Nov 22 11:00:01 lb haproxy[14389]: 192.0.2.7:33317 [22/Nov/2026:11:00:01.655] web app/s1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {a.test|x #22y#22 z} {} "GET /a\\b?#22c#22 HTTP/1.1"',
    undefined,
    {
      asked: { target: '/a\\b?"c"', fields: [] },
      at: at + 655,
      ms: 109,
      connection: '192.0.2.7:33317',
      address: '192.0.2.7',
    },
  ],
  [
    'HAProxy, of HTTP/2 and an IPv6 client',
    '2001:db8::7:40000 [22/Nov/2026:11:00:01.000] web~ app/s1 0/0/0/1/1 200 27 - - ---- 1/1/0/0/0 0/0 "GET https://a.test/p?q HTTP/2.0"',
    undefined,
    { asked: { target: '/p?q', fields: ['Host', 'a.test'] }, connection: '2001:db8::7:40000' },
  ],
])('%s', async ([, line, logFormat, wanted]) => {
  expect(await onlyRequest(line, logFormat === undefined ? {} : { logFormat })).toMatchObject(wanted)
})

describe('a line that is no request is told with its number, and the others are read', () => {
  test.for<[name: string, line: string | Buffer, why: string]>([
    ['a TLS handshake', '1.2.3.4 - - [22/Nov/2026:11:00:01 +0000] "\\x16\\x03\\x01" 400 150 "-" "-"', 'no request'],
    ['an empty request', '1.2.3.4 - - [22/Nov/2026:11:00:01 +0000] "-" 408 0 "-" "-"', 'no request'],
    ['CONNECT', '1.2.3.4 - - [22/Nov/2026:11:00:01 +0000] "CONNECT a:443 HTTP/1.1" 405 0 "-" "-"', 'no request'],
    ['a time that is none', '1.2.3.4 - - [22/Foo/2026:11:00:01 +0000] "GET / HTTP/1.1" 200 0 "-" "-"', 'time'],
    ['cut off', combined.slice(0, 60), 'column'],
    ['too long', `${combined.slice(0, -2)}${'x'.repeat(2 ** 20)}"`, 'longer than 1048576 bytes'],
    ['no text at all', Buffer.from([0xff, 0x00, 0xfe, 0x80]), 'column 1'],
  ])('%s', async ([, line, why]) => {
    const content = Buffer.concat([Buffer.from(`${combined}\n`), Buffer.from(line), Buffer.from(`\n\n${combined}\n`)])
    const { entries } = await reading(content)
    expect(entries.map(({ is, where }) => [is, where])).toEqual([
      ['request', 'line 1'],
      ['unread', 'line 2'],
      ['request', 'line 4'],
    ])
    expect(entries[1]).toMatchObject({ why: expect.stringContaining(why) })
  })

  test.for([
    ['bad', '"<BADREQ>"', 'HAProxy could not read'],
    ['cut off by HAProxy', '"GET /very/lo', 'column'],
  ] as const)('of HAProxy: %s', async ([, request, why]) => {
    const head = '192.0.2.7:1 [22/Nov/2026:11:00:01.000] web app/s1 0/0/0/1/1 200 2 - - ---- 1/1/0/0/0 0/0'
    const { entries } = await reading(`${head} "GET / HTTP/1.1"\n${head} ${request}\n`)
    expect(entries[1]).toMatchObject({ is: 'unread', why: expect.stringContaining(why) })
  })
})

test('a log is recognised by any of its first lines', async () => {
  const { format, entries } = await reading(`torn line\n${combined}\n`)
  expect([format, entries.map(({ is }) => is)]).toEqual(['nginx', ['unread', 'request']])
})

test.for([
  ['$remote_addr $status', '$request'],
  ['%h %>s', '%r'],
  ['neither', 'nginx'],
])('the format "%s" has no requests', async ([logFormat = '', wanted = '']) => {
  await expect(reading('a', { logFormat })).rejects.toThrow(wanted)
})
