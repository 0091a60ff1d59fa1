import { describe, expect, test } from 'vitest'
import { about, look, recordOfScene } from '../judge/testing/scene.ts'
import { sampleFinding, sampleStep } from '../record/sample-run.ts'
import { runRecord } from '../record/schema.ts'
import { renderReport } from './index.ts'
import { elements, readXml } from './readers.ts'
import { hostileText } from './sample-record.ts'

const [mount, database, proxy] = ['mount:/data on db', 'service:mariadb.service on db', 'service:haproxy.service on lb']
const depends = {
  'site:shop': {
    needs: [database, proxy],
    seen: [{ rule: 'http/expected-answer-status-unmet', subject: 'balancer /', place: '*' }],
  },
  [database]: [mount],
  'timer:backup.timer on db': [mount],
}
const unrelated = sampleFinding()
const record = recordOfScene({
  depends,
  steps: [
    sampleStep({
      id: 'http/expect',
      subject: 'balancer /',
      findings: [
        unrelated,
        sampleFinding({
          rule: 'http/expected-answer-status-unmet',
          subject: 'balancer /',
          sentence: 'Expected status 200; seen: status 502.',
        }),
      ],
    }),
    look(
      'db',
      [
        about(database, 'mariadb.service is failed after the boot.'),
        about(mount, 'After the boot nothing is mounted on /data.', {
          rule: 'boot/mount-live-absent',
          evidence: { console: '[FAILED] Failed to mount /data.' },
        }),
      ],
      [database, mount, 'timer:backup.timer on db'],
    ),
  ],
})

const options = { colour: false, columns: 100 }

describe('a run in which several things are down, and somebody said what they need', () => {
  test('ends on a terminal with the causes, and tells consequences under theirs instead of beside it', async () => {
    expect(await renderReport('text', record, options)).toMatchInlineSnapshot(`
      "ERROR boot/mount-live-absent at db (/data)
        saw:    After the boot nothing is mounted on /data.
        wanted: Age is a whole number of seconds.
        mend:   Send whole seconds.
        source: RFC 9111 section 5.1  https://www.rfc-editor.org/rfc/rfc9111#section-5.1
        replay: seatrial http http://127.0.0.1/page --only http/age

      ERROR http/age-not-integer at balancer /page (response.fields.age)
        saw:    Age is "ten".
        wanted: Age is a whole number of seconds.
        mend:   Send whole seconds.
        source: RFC 9111 section 5.1  https://www.rfc-editor.org/rfc/rfc9111#section-5.1
        replay: seatrial http http://127.0.0.1/page --only http/age

      MOST LIKELY CAUSES OF 3 THINGS THAT ARE DOWN

      1. mount:/data on db: seen down, score 0.75, explains 3 of 3
         because  After the boot nothing is mounted on /data. (boot/mount-live-absent at /data)
                  [FAILED] Failed to mount /data. (console)
         hence    service:mariadb.service on db: mariadb.service is failed after the boot.
                  (boot/service-live-down)
                  site:shop, by way of service:mariadb.service on db: Expected status 200; seen: status
                  502. (http/expected-answer-status-unmet)
         though   timer:backup.timer on db needs it and is up.

      boot      1 failed
      http      1 failed
      findings  4 errors
      cost      1 ms, 1 ms of processor, 0 KiB of memory at most

      Failed: 4 findings block.
      "
    `)
  })

  test('is Markdown that numbers the causes before what blocks', async () => {
    const told = await renderReport('github-summary', record, options)
    const shown = told.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    expect(shown.slice(shown.indexOf('### Most'), shown.indexOf('### What'))).toMatchInlineSnapshot(`
      "### Most likely causes of 3 things that are down

      1. <code>mount:/data on db</code>: seen down, score 0.75, explains 3 of 3
         - because: After the boot nothing is mounted on /data. (boot/mount-live-absent at /data)
         - because: [FAILED] Failed to mount /data. (console)
         - hence: service:mariadb.service on db: mariadb.service is failed after the boot. (boot/service-live-down)
         - hence: site:shop, by way of service:mariadb.service on db: Expected status 200; seen: status 502. (http/expected-answer-status-unmet)
         - though: timer:backup.timer on db needs it and is up.
      "
    `)
    expect(shown).not.toContain('<summary><b>ERROR</b> <code>boot/service-live-down')
    expect(shown).toContain('<summary><b>ERROR</b> <code>boot/mount-live-absent')
  })

  test('is a page with a section of them before the findings, where consequences are closed and marked', async () => {
    const page = readXml(await renderReport('html', record, options))
    const headings = elements(page, 'h2').map(({ text, attributes }) => attributes['id'] ?? text)
    expect(headings.slice(0, 2)).toEqual(['causes', 'findings'])
    const [cause] = elements(page, 'ol').flatMap((list) => elements(list, 'h3'))
    expect(elements(cause ?? page, 'code')[0]?.text).toBe(mount)
    const groups = elements(page, 'details').filter(
      ({ attributes }) => attributes['class']?.startsWith('group') === true,
    )
    const rules = groups.map((group) => [elements(group, 'code')[0]?.text, group.attributes['open'] !== undefined])
    expect(rules).toEqual([
      ['boot/mount-live-absent', true],
      ['http/age-not-integer', true],
      ['boot/service-live-down', false],
      ['http/expected-answer-status-unmet', false],
    ])
  })

  test('is JSON that has the ranked causes, each with score, what it explains, and its evidence', async () => {
    const read = runRecord.parse(JSON.parse(await renderReport('json', record, options)))
    expect(read.diagnosis).toEqual({
      down: 3,
      causes: [
        {
          thing: mount,
          state: 'down',
          score: 0.75,
          explains: [
            { thing: database, state: 'down', via: [] },
            { thing: 'site:shop', state: 'down', via: [database] },
          ],
          against: ['timer:backup.timer on db'],
          evidence: [
            { from: 'boot/mount-live-absent at /data', line: 'After the boot nothing is mounted on /data.' },
            { from: 'console', line: '[FAILED] Failed to mount /data.' },
          ],
        },
      ],
    })
    const lines = (await renderReport('jsonl', record, options)).trimEnd().split('\n')
    expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ is: 'cause', thing: mount, score: 0.75 }),
    )
  })
})

test('where nobody said what needs what, every report is what it was: nothing about causes in it', async () => {
  const plain = recordOfScene({ steps: [look('db', [about(database, 'failed'), about(mount, 'not mounted')])] })
  for (const format of ['text', 'github-summary', 'html']) {
    const told = await renderReport(format, plain, options)
    expect(told, format).not.toMatch(/likely causes/i)
    expect(told, format).not.toContain('id="causes"')
  }
  expect(await renderReport('text', plain, options)).toMatch(/^ERROR boot\/service-live-down at 2 places/)
})

test('what nobody looked at is told as a suspect: what would follow from it stays where it is', async () => {
  const suspected = recordOfScene({
    depends: { 'service:a': ['disk:/'], 'service:b': ['disk:/'] },
    steps: [look('h', [about('service:a', 'a failed'), about('service:b', 'b failed')])],
  })
  const told = await renderReport('text', suspected, options)
  expect(told).toContain(
    '1. disk:/: not looked at, score 0.60, would explain 2 of 2\n   if so    service:a\n            service:b\n',
  )
  expect(told).toMatch(/^ERROR boot\/service-live-down at 2 places/)
})

test('too many causes and too many consequences are counted, not listed', async () => {
  const many = Array.from({ length: 15 }, (_, at) => `service:s${String(at).padStart(2, '0')}`)
  const flood = recordOfScene({
    depends: { ...Object.fromEntries(many.map((each) => [each, ['mount:/x']])), 'service:z': ['mount:/z'] },
    steps: [look('h', [...many.map((each) => about(each, `${each} failed`)), about('mount:/x', 'gone')])],
  })
  expect(await renderReport('text', flood, options)).toMatch(/s11: .*\n +and 3 more: all are in run\.json/)
  const scattered = recordOfScene({
    depends: { 'service:z': ['service:s00'] },
    steps: [
      look(
        'h',
        [...many, 'service:z'].map((each) => about(each, `${each} failed`)),
      ),
    ],
  })
  expect(await renderReport('text', scattered, options)).toContain('and 5 more causes: all are in run.json')
})

test('names that come from a hostile host lose their power on the way to a terminal and to a page', async () => {
  const evil = `mount:/${hostileText}`
  const hostile = recordOfScene({
    depends: { 'service:a': [evil] },
    steps: [look('h', [about('service:a', hostileText), about(evil, hostileText)])],
  })
  expect(await renderReport('text', hostile, options)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/)
  expect(elements(readXml(await renderReport('html', hostile, options)), 'img')).toEqual([])
})
