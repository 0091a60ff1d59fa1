import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { completeInterrupted } from '../judge/index.ts'
import { rfc } from '../kernel/index.ts'
import { openJournal, recordVersion, writeRecord } from '../record/index.ts'
import type { JournalEvent, RunHead, RunRecord } from '../record/index.ts'
import { renderReport, reportFormats } from './index.ts'

/**
 * What a server says can hold what nobody else should read. Secrets of every shape are planted
 * wherever a step can carry text, taken along the real way, journal and judge and reports, and
 * looked for in everything that comes out.
 */

const letters = (seed: string, length: number): string => seed.repeat(Math.ceil(length / seed.length)).slice(0, length)

// Put together here, so that no scanner of this repository takes them for real ones.
const secrets = {
  'a bearer token': ['Authorization: Bearer ', letters('q7Zp0Lw9XkT2', 40), ''],
  'a JSON web token': [
    'token=',
    `${letters('eyJhbGciOiJIUzI1NiJ9', 20)}.${letters('eyJzdWIiOiJyb290In0', 19)}.${letters('s1Gn4tUr3', 43)}`,
    '',
  ],
  'an AWS access key id': ['key ', `AKIA${letters('Q3XZ7PLM', 16)}`, ''],
  'an AWS secret access key': ['aws_secret_access_key = ', letters('wJ4lrX9Utn7Fe/MI2K7z', 40), ''],
  'a GitHub token': ['remote said ', `ghp_${letters('a8Kd93LsQ2', 36)}`, ''],
  'a private key': ['', letters('MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 64), '\n-----END PRIVATE KEY-----'],
  'the value of a cookie': ['Set-Cookie: session=', letters('c00k1eV4lu3', 24), '; Path=/; HttpOnly'],
  'a password in an address': ['see https://admin:', letters('hunt3rZwei', 14), '@db.example.test/x'],
} as const

const textOf = (name: keyof typeof secrets): string => {
  const [before, secret, after] = secrets[name]
  return name === 'a private key' ? `-----BEGIN PRIVATE KEY-----\n${secret}${after}` : `${before}${secret}${after}`
}

const names = Object.keys(secrets).filter((name): name is keyof typeof secrets => name in secrets)
// A secret that only the environment knows: nothing about its looks gives it away.
const known = 'plain-words-known-only-to-the-environment'
const everything = [...names.map(textOf), `and ${known}`]

const start = Date.UTC(2026, 10, 21, 3, 4, 5)
const head: RunHead = {
  version: recordVersion,
  id: 'secrets',
  seatrial: '0.1.0',
  command: `seatrial http https://root:${secrets['a password in an address'][1]}@127.0.0.1/`,
  profile: 'commit',
  seed: 1,
  startedAt: new Date(start).toISOString(),
  machine: { os: 'linux', architecture: 'x64', cpus: 2, memoryBytes: 2 ** 32, node: '24.21.0', engine: null },
  gate: { block: 'error', budgets: {}, allow: [], accept: [], baseline: [] },
}

const stepOf = (text: string, index: number): JournalEvent => ({
  event: 'step',
  step: {
    id: 'http/fields',
    subject: `origin /${index} ${text}`,
    looked: ['http/age'],
    findings: [
      {
        rule: 'http/age-not-integer',
        level: index % 2 === 0 ? 'error' : 'warning',
        place: 'response.fields.age',
        evidence: { value: text, nested: [{ deep: text }] },
        sentence: `Age is "${text}".`,
        wants: 'Age is a number.',
        remedy: `Do not send "${text}".`,
        reference: rfc(9111, '5.1'),
        subject: `origin /${index} ${text}`,
        replay: `seatrial http http://127.0.0.1/ --header '${text}'`,
      },
    ],
    unsettled: { because: 'timeout', why: `last saw ${text}`, mend: `look at ${text}` },
    startedAt: start + index,
    durationMs: 1,
    attachments: [{ name: 'response.txt', contentType: 'text/plain', content: `HTTP/1.1 200 OK\r\n${text}\r\n` }],
  },
})

let folder = ''
let record: RunRecord

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatrial-secrets-'))
  {
    await using journal = await openJournal(folder, head, { secrets: [known] })
    journal.append({
      event: 'stack',
      parts: [
        { name: 'origin', kind: 'url', description: `http://u:${secrets['a password in an address'][1]}@127.0.0.1/` },
      ],
    })
    for (const [index, text] of everything.entries()) journal.append(stepOf(text, index))
  }
  record = await completeInterrupted(folder)
  await writeRecord(folder, record)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What an output would hold of a secret, in any of the escapings that formats use. */
function traces(output: string): string[] {
  const plain = output
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('\\/', '/')
  return [
    ...names.map((name) => ({ name, secret: secrets[name][1] })),
    { name: 'a secret of the environment', secret: known },
  ]
    .filter(({ secret }) => plain.includes(secret) || plain.includes(secret.slice(0, Math.max(12, secret.length - 8))))
    .map(({ name }) => name)
}

describe('planted secrets appear in no output', () => {
  test('the search would find each of them, also behind the escaping of a format', () => {
    for (const name of names) {
      expect(traces(`... ${secrets[name][1]} ...`), name).toContain(name)
      expect(traces([...secrets[name][1]].map((letter) => `&#${letter.charCodeAt(0)};`).join('')), name).toContain(name)
    }
    expect(traces(everything.join('\n'))).toHaveLength(names.length + 1)
  })

  test('the steps that carried them are all in the record, so there was something to hide', () => {
    expect(record.steps).toHaveLength(everything.length)
    expect(JSON.stringify(record).match(/\[redacted\]/g)?.length ?? 0).toBeGreaterThan(everything.length * 8)
  })

  test.for(['journal.jsonl', 'run.json'])('not in %s', async (file) => {
    expect(traces(await readFile(join(folder, file), 'utf8'))).toEqual([])
  })

  test('not in any format, with and without colours', async () => {
    const formats = await reportFormats()
    expect(formats.length).toBeGreaterThan(8)
    for (const { name } of formats) {
      for (const colour of [true, false]) {
        const told = await renderReport(name, record, { colour, columns: 100_000, folder })
        expect(told, name).toMatch(/origin|Seatrial|seatrial/)
        expect(traces(told), name).toEqual([])
      }
    }
  })
})
