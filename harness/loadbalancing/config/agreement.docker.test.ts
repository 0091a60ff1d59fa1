import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seededRandom } from '../../kernel/index.ts'
import type { RunScope, StartedContainer } from '../../substrate/index.ts'
import { buildImage, openRun, startContainer } from '../../substrate/index.ts'
import { parseConfig, type ConfigKind } from './index.ts'
import { wordsOf } from './haproxy/words.ts'

/** The programs themselves: what they refuse must be refused here, and the other way round. */
const programs = {
  haproxy: {
    ask: 'haproxy -c -f',
    before: 'defaults\n timeout connect 1s\n timeout client 1s\n timeout server 1s\nfrontend f\n bind :8080\n',
  },
  nginx: { ask: 'nginx -t -c', before: 'events {}\n' },
  apache: {
    ask: '. /etc/apache2/envvars; apache2 -t -f',
    before:
      'ServerRoot /etc/apache2\nServerName x\nPidFile /tmp/p\nErrorLog /tmp/e\nLoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\nLoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so\n',
  },
} as const

const cases: Readonly<Record<keyof typeof programs, readonly string[]>> = {
  haproxy: [
    'backend b\n server "s" \'127.0.0.1:80\'\n',
    'backend b\n server s 127."0.0".1:80\n',
    'backend b\n server "s 127.0.0.1:80\n',
    "backend b\n server 's 127.0.0.1:80\n",
    'backend b#x\n server s 127.0.0.1:80#y\n',
    'backend b\r\n server s 127.0.0.1:80\r\n',
    'backend b',
    'backend b\n http-request set-header a \\xzz\n',
    'backend b\n http-request set-header a \\x41\\ b\\#\n',
    'backend b\n http-request set-header a "$1"\n',
    'backend b\n http-request set-header a "$"\n',
    'backend b\n http-request set-header a $x\n',
    'backend b\n http-request set-header a "${FOO"\n',
    'backend b\n http-request set-header a "${FOO-x y}"\n',
    'backend b\n http-request set-header a x\\\n',
    'backend b\n "" foo\n',
    '"backend" b\n',
    '.if 1\nbackend b\n.endif\n',
    '.if 1\nbackend b\n',
    '.endif\n',
    '.if 0\n.else\n.elif 1\n.endif\n',
    '.if 0\n server "x\n.endif\n',
    'backend b from nope\n',
    'backend\n',
    'backend b\n no\n',
    'backend b\n server s [::1]:80\n',
    'backend b\n server s ::1:80\n',
    'backend b\n server s 127.0.0.1:80-90\n',
    'backend b\n server s 127.0.0.1:99999\n',
    'backend b\n server s 127.0.0.1:+80\n',
    'backend b\n server s\n',
    'frontend g\n bind :80-90,*:443,:::8081\n',
    'frontend g\n bind 127.0.0.1\n',
    'frontend g\n bind :80 name "foo bar"\n',
    'frontend g\n bind :90-80\n',
    'frontend g\n bind :65536\n',
    'frontend g\n bind :80,\n',
    'backend b\n timeout queue 25d\n',
    'backend b\n timeout queue 5S\n',
    'backend b\n timeout queue 1us\n',
    `backend b\n acl a path ${'x '.repeat(70)}\n`,
    'defaults x\ndefaults x\nbackend b from x\n',
    'backend b\n server s 127.0.0.1:80\0\n',
    '\uFEFFbackend b\n',
  ],
  nginx: [
    'http { }',
    'http { server { return 200 "a"b; } }',
    'http { server { return 200 a"b; } }',
    'http { server { return 200 a#b; } }',
    'http { server { return 200 "a; } }',
    'http { server { ',
    'http { } }',
    'http { server { return 200 } }',
    'http { ; }',
    'http { { } }',
    'http { server { return 200 ${host}x; } }',
    'http { server { location ~ "^/a{2}$" { return 200; } } }',
    "http { server { return 200 'a;b{c'; } }",
    'http { } foo',
    'http { } # foo',
    'http { server { return 200 "a\\"b"; } }',
    'http { server { return 200 a\\;b; } }',
    'http { server { return 200 "a"#x\n; } }',
    'http { server { if ($host = "a") { return 200; } } }',
    'http{server{listen 8080;}}',
    `http { server { return 200 ${'a'.repeat(4200)}; } }`,
    'http { server { listen 0; } }',
    'http { server { listen ::1; } }',
    'http { upstream a { server 127.0.0.1 weight=x; } }',
    'http { upstream a { server 127.0.0.1:80-90; } }',
    'http { server { return 200 "a\nb"; } }',
    'http {\r\n}\r',
  ],
  apache: [
    'Listen 8080\n',
    'Listen 8080',
    'Listen \\\n8080\n',
    'Lis\\\nten 8080\n',
    'Listen \\\r\n8080\r\n',
    '# foo \\\nBogus x\nListen 8080\n',
    'ServerAdmin "a\\"b"\n',
    "ServerAdmin 'a b'\n",
    'ServerAdmin "a b\n',
    'ServerAdmin a#b\n',
    '<VirtualHost *:80>\n</VirtualHost>\n',
    '<virtualhost *:80>\n</VIRTUALHOST>\n',
    '<VirtualHost *:80>\n',
    '<VirtualHost *:80\n</VirtualHost>\n',
    '<VirtualHost *:80>\n</Directory>\n',
    '</VirtualHost>\n',
    '<VirtualHost *:80> foo\n</VirtualHost>\n',
    '<VirtualHost *:80>\n</VirtualHost >\n',
    '<VirtualHost *:80>\n</VirtualHost\n',
    '<VirtualHost "*:80">\n</VirtualHost>\n',
    '<IfModule mod_nope.c>\n<Foo>\n</IfModule>\n',
    '<IfModule mod_nope.c>\n<Foo>\n</Foo>\n</IfModule>\n',
    'Listen 99999\n',
    'ServerAdmin a\\\\\nBogus\n',
  ],
}

let run: RunScope
const machines = new Map<ConfigKind, StartedContainer>()
const machine = (kind: ConfigKind): StartedContainer => {
  const found = machines.get(kind)
  if (found === undefined) throw new Error(`no container for ${kind}`)
  return found
}

beforeAll(async () => {
  run = await openRun()
  await Promise.all(
    Object.keys(cases).map(async (kind) => {
      const image = await buildImage(fileURLToPath(new URL(`../../../fixtures/images/${kind}/`, import.meta.url)))
      const container = await startContainer(
        { name: kind, image, entrypoint: ['tail', '-f', '/dev/null'], command: [] },
        run,
      )
      machines.set(kind as keyof typeof cases, container)
    }),
  )
})
afterAll(async () => {
  await Promise.all([...machines.values()].map((each) => each[Symbol.asyncDispose]()))
  await run[Symbol.asyncDispose]()
})

const encoded = (text: string): string => Buffer.from(text).toString('base64')

describe.each(Object.entries(cases) as [keyof typeof cases, readonly string[]][])('%s', (kind, texts) => {
  test('refuses what is refused here, and takes what is taken here', async () => {
    const { ask, before } = programs[kind]
    const whole = texts.map((text) => (text.startsWith('\uFEFF') ? text : before + text))
    const lines = whole.map(
      (text) => `echo ${encoded(text)} | base64 -d >/tmp/c; (${ask} /tmp/c) >/dev/null 2>&1; echo $?`,
    )
    const { stdout } = await machine(kind).exec(['sh', '-c', lines.join('\n')])
    const theirs = stdout
      .trim()
      .split('\n')
      .map((code) => (code === '0' ? 'taken' : 'refused'))
    const ours = whole.map((text) =>
      parseConfig(kind, text, { file: 'c' }).problems.some(({ level }) => level === 'refused') ? 'refused' : 'taken',
    )
    expect(texts.map((text, at) => [text, ours[at]])).toEqual(texts.map((text, at) => [text, theirs[at]]))
    expect(new Set(theirs)).toEqual(new Set(['taken', 'refused']))
  })
})

test('the values of 600 random words are those that HAProxy reads', async () => {
  const random = seededRandom(11)
  const pieces = [
    'a',
    'b',
    ' ',
    '"',
    "'",
    '\\',
    '#',
    '\\n',
    '\\x41',
    '\\xc3\\xa9',
    '\\$',
    '$',
    '\\"',
    "\\'",
    '\\ ',
    '\\#',
    '\\q',
    'é',
    '{',
    '}',
    ',',
  ]
  const rows: string[] = []
  while (rows.length < 600) {
    const row = Array.from(
      { length: 1 + Math.floor(random() * 8) },
      () => pieces[Math.floor(random() * pieces.length)],
    ).join('')
    const wrong: string[] = []
    const [first, second] = words(row, (_, given) => wrong.push(given))
    // The directive takes one word.
    if (
      wrong.length === 0 &&
      first !== undefined &&
      second === undefined &&
      first.text !== '' &&
      !/\n/.test(first.text)
    )
      rows.push(row)
  }
  const content = `global\n${rows.map((row) => `.notice ${row}`.concat('\n')).join('')}`
  const { stderr, stdout } = await machine('haproxy').exec([
    'sh',
    '-c',
    `echo ${encoded(content)} | base64 -d >/tmp/c; haproxy -c -f /tmp/c`,
  ])
  const theirs = [...(stderr + stdout).matchAll(/parsing \[\/tmp\/c:\d+\]: '(.*)'\.$/gm)].map(([, value]) => value)
  expect(theirs.map((value, at) => [rows[at], value])).toEqual(rows.map((row) => [row, words(row)[0]?.text]))
  expect(theirs).toHaveLength(600)
})

const words = (row: string, tell: Parameters<typeof wordsOf>[1] = () => {}) =>
  wordsOf({ source: row, start: 0, from: 0, end: row.length, number: 1 }, tell)
