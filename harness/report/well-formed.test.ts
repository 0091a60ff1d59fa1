import fc from 'fast-check'
import { expect, test } from 'vitest'
import { levels, markKinds, unsettledKinds } from '../kernel/index.ts'
import type { RecordedFinding, RecordedStep, RunRecord } from '../record/schema.ts'
import { renderReport } from './index.ts'
import { elements, readOpenMetrics, readWorkflowCommands, readXml } from './readers.ts'
import { recordOf, sampleFinding, sampleStep } from './sample-record.ts'

/** Records whose every text is whatever a hostile server could make it, against strict readers. */

// Any UTF-16 at all, halves of pairs included, and the pieces that break formats.
const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))
const pieces = [
  '</script>',
  '</style>',
  '<!--',
  ']]>',
  '<td>',
  '"',
  "'",
  '<',
  '&',
  '&#x;',
  '\\',
  '\n',
  '\r',
  '\n::error::x',
  '##[x]',
  '\u001b[2J',
  '%0A',
  '`',
  '|',
  '\u{1F6A2}',
  '\u202E',
  '\uFFFE',
  '\u009b',
  '{',
  '# EOF',
  '::',
  'www.',
  '@',
]
const piece = fc.constantFrom(...pieces)
const text = fc.array(fc.oneof(unit, piece, fc.string()), { maxLength: 8 }).map((parts) => parts.join(''))

const reference = fc.record({
  title: text,
  url: fc.oneof(
    text,
    text.map((rest) => `https://example.test/${rest}`),
  ),
})
const excuse = fc.option(
  fc.oneof(
    fc.constant({ kind: 'baseline' } as const),
    fc.record({ kind: fc.constant('accepted' as const), reason: text, owner: text, expires: text }),
  ),
  { nil: undefined },
)
// Few names, so that findings are about things that are causes and consequences.
const thing = fc.oneof(fc.constantFrom('mount:/data', 'service:a', `site:${pieces.join('')}`), text)
const finding = fc
  .record({
    level: fc.constantFrom(...levels),
    nth: fc.integer({ min: 0, max: 4 }),
    words: fc.record({ place: text, sentence: text, wants: text, remedy: text, subject: text, replay: text }),
    reference,
    excuse,
    blocks: fc.boolean(),
    about: fc.option(thing, { nil: undefined }),
  })
  .map(({ nth, words, about, ...rest }): RecordedFinding =>
    sampleFinding({
      ...rest,
      ...words,
      rule: `http/rule-${nth}`,
      evidence: words,
      ...(about !== undefined && { about }),
    }),
  )
const unsettled = fc.record({ because: fc.constantFrom(...unsettledKinds), why: text, mend: text })
const outcome = fc.oneof(
  fc.constant({ kind: 'passed' } as const),
  fc.constant({ kind: 'failed' } as const),
  text.map((why) => ({ kind: 'skipped', why }) as const),
  unsettled.map((why) => ({ kind: 'unsettled', ...why }) as const),
)
const moment = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -5_000, max: 90_000 }))
const timeline = fc.record(
  {
    title: text,
    unit: fc.constant('ms' as const),
    marks: fc.array(
      fc.record({ at: moment, what: text, kind: fc.constantFrom(...markKinds) }, { requiredKeys: ['at', 'what'] }),
      { maxLength: 5 },
    ),
    spans: fc.array(fc.record({ from: moment, to: moment, what: text }), { maxLength: 3 }),
    facts: fc.array(fc.record({ what: text, value: text }), { maxLength: 3 }),
  },
  { requiredKeys: ['title', 'unit', 'marks'] },
)
const step = fc
  .record({
    subject: text,
    outcome,
    findings: fc.array(finding, { maxLength: 4 }),
    startedAt: fc.double({ noNaN: true, noDefaultInfinity: true }),
    durationMs: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
    attachments: fc.array(fc.record({ name: text, contentType: text, content: text }), { maxLength: 2 }),
    timeline: fc.option(timeline, { nil: undefined }),
  })
  .map(({ timeline: drawn, ...over }): RecordedStep =>
    sampleStep({ ...over, ...(drawn !== undefined && { timeline: drawn }) }),
  )
const diagnosis = fc.record({
  down: fc.integer({ min: 1, max: 9 }),
  causes: fc.array(
    fc.record({
      thing,
      state: fc.constantFrom('down' as const, 'could-not-look' as const, 'not-looked-at' as const),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      explains: fc.array(
        fc.record({
          thing,
          state: fc.constantFrom('down' as const, 'could-not-look' as const),
          via: fc.array(thing, { maxLength: 2 }),
        }),
        { maxLength: 3 },
      ),
      against: fc.array(thing, { maxLength: 2 }),
      evidence: fc.array(fc.record({ from: text, line: text }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
})
const record: fc.Arbitrary<RunRecord> = fc
  .record({
    steps: fc.array(step, { maxLength: 5 }),
    words: fc.record({ id: text, seatrial: text, command: text, profile: text }),
    stack: fc.array(
      fc.record({ name: text, kind: fc.constantFrom('container' as const, 'url' as const), description: text }),
      { maxLength: 2 },
    ),
    notes: fc.array(
      fc.record({
        kind: fc.constantFrom('accept-expired' as const, 'over-budget' as const),
        blocks: fc.boolean(),
        text,
      }),
      { maxLength: 2 },
    ),
    state: fc.constantFrom('complete' as const, 'interrupted' as const),
    diagnosis: fc.option(diagnosis, { nil: undefined }),
  })
  .map(({ steps, words, diagnosis: told, ...over }) =>
    recordOf(steps, { ...words, ...over, ...(told !== undefined && { diagnosis: told }) }),
  )

const options = { colour: false, columns: 80 }
const holds = (name: string, check: (told: string, given: RunRecord) => void): Promise<void> =>
  fc.assert(
    fc.asyncProperty(record, async (given) => check(await renderReport(name, given, options), given)),
    { numRuns: 150 },
  )

test('JSON of any record parses to that record, in visible ASCII and letters only', () =>
  holds('json', (told, given) => {
    expect(JSON.parse(told)).toEqual(JSON.parse(JSON.stringify(given)))
    expect(told).not.toMatch(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  }))

test('JSON lines of any record are one object a line', () =>
  holds('jsonl', (told) => {
    const lines = told.trimEnd().split('\n')
    for (const line of lines) expect(JSON.parse(line)).toBeTypeOf('object')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ is: 'verdict' })
  }))

test('JUnit of any record is well-formed XML 1.0 with one case a step', () =>
  holds('junit', (told, given) => {
    const practices = elements(readXml(told), 'testcase').filter(({ attributes }) => attributes['classname'] !== 'gate')
    expect(practices).toHaveLength(given.steps.length)
  }))

test('SARIF of any record parses, with one result a finding', () =>
  holds('sarif', (told, given) => {
    const read: { runs: { results: unknown[] }[] } = JSON.parse(told)
    expect(read.runs[0]?.results).toHaveLength(given.steps.flatMap(({ findings }) => findings).length)
  }))

test('OpenMetrics of any record keeps to the grammar', () =>
  holds('openmetrics', (told) => {
    expect(readOpenMetrics(told).filter(({ name }) => name === 'seatrial_verdict')).toHaveLength(3)
  }))

test('annotations of any record hold no command but our own, each in one line', () =>
  holds('github-annotations', (told) => {
    const commands = readWorkflowCommands(told)
    expect(commands).toHaveLength(told.trimEnd().split('\n').length - 1)
    for (const { command } of commands) expect(['error', 'warning']).toContain(command)
  }))

test('the console text of any record has no control but line ends, and no command for a pipeline', () =>
  holds('text', (told) => {
    expect(told).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/)
    expect(readWorkflowCommands(told)).toEqual([])
    expect(told.trimEnd()).toMatch(/(Passed|Failed|Unsettled): /)
  }))

test('the summary of any record keeps its headings and adds none', () =>
  holds('github-summary', (told) => {
    const headings = told.match(/^ {0,3}#{1,6} .*$/gm) ?? []
    expect(new Set(headings).size).toBe(headings.length)
    for (const line of told.split('\n'))
      expect(line).toMatch(/^(|#.*|\|.*\|| {3}- .*|- .*|<details open>.*<\/details>|[A-Za-z0-9].*)$/)
    for (const heading of headings)
      expect(heading).toMatch(/^###? (\S+ Seatrial: \w+|What [a-z ]+|Most likely causes of [a-z0-9 ]+)$/)
  }))

test('the page of any record is well-formed, with no element and no attribute but those of ours', () =>
  holds('html', (told) => {
    const root = readXml(told)
    expect(elements(root, 'script')).toHaveLength(1)
    expect(elements(root, 'style')).toHaveLength(1)
    expect(elements(root, 'img')).toEqual([])
    expect(told).not.toMatch(/<[^>]* (on[a-z]+|style)=/i)
    for (const { attributes } of elements(root, 'a')) expect(attributes['href']).toMatch(/^(#[a-z]+$|https?:\/\/)/i)
  }))
