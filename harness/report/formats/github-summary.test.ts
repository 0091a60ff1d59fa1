import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import type { RunRecord } from '../../record/schema.ts'
import { sampleRecord } from '../sample-everything.ts'
import { hostileText, recordOf, sampleFinding, sampleStep } from '../sample-record.ts'
import { githubSummary } from './github-summary.ts'

const render = (record: RunRecord): string => githubSummary.render(record, { colour: false, columns: 100 })

test('the verdict comes first, then the steps by practice, then what blocks with its lesson', () => {
  const failed = sampleStep({ findings: [sampleFinding()], outcome: { kind: 'failed' } })
  expect(render(recordOf([failed, sampleStep({ subject: 'nginx /' })]))).toMatchInlineSnapshot(`
    "## ❌ Seatrial: Failed

    1 finding blocks.

    | practice | passed | failed | could not look | skipped |
    |---|--:|--:|--:|--:|
    | http | 1 | 1 | 0 | 0 |

    Findings&#58; 1 error; 0 excused. Cost&#58; 41.2 s, 18.4 s of processor, 412 MiB of memory at most.

    ### What blocks

    <details open><summary><b>ERROR</b> <code>http/age-not-integer</code> at balancer /page &#40;response.fields.age&#41;</summary><table><tr><td>saw</td><td>Age is &#34;ten&#34;, not a whole number of seconds.</td></tr><tr><td>wanted</td><td>Age is one non-negative whole number of seconds.</td></tr><tr><td>mend</td><td>Send whole seconds in Age, or drop the field.</td></tr><tr><td>source</td><td><a href="https&#58;//www&#46;rfc-editor.org/rfc/rfc9111&#35;section-5.1">RFC 9111 section 5.1</a></td></tr><tr><td>replay</td><td><code>seatrial http http&#58;//127.0.0.1&#58;8080/page --only http/age</code></td></tr></table></details>

    "
  `)
})

test('what could not be looked at, the notes of the gate and what is excused have their places', () => {
  const told = render(sampleRecord())
  expect(told.match(/^###? .*$/gm)).toEqual([
    '## ❌ Seatrial: Failed',
    '### Most likely causes of 2 things that are down',
    '### What blocks',
    '### What could not be looked at',
    '### What happened when',
    '### What the gate says',
    '### What does not block',
  ])
  expect(told).toContain('- **blocks** acceptance expired')
  expect(told).toContain('accepted by ops until 2027-01-31')
})

test('hostile text is neither markup nor a link, a mention, mathematics or a table', () => {
  const hostile = `${hostileText} $x^2$ www.evil.invalid a|b`
  const clean = render(
    recordOf([sampleStep({ findings: [sampleFinding({ sentence: 'S' })], outcome: { kind: 'failed' } })]),
  )
  const told = render(
    recordOf([sampleStep({ findings: [sampleFinding({ sentence: hostile })], outcome: { kind: 'failed' } })]),
  )
  // The two differ only where the sentence stands, so the rest of the structure is what it was.
  const [before = '', after = ''] = clean.split('<td>S</td>')
  expect(told.startsWith(before)).toBe(true)
  expect(told.endsWith(after)).toBe(true)
  const sentence = told.slice(before.length + '<td>'.length, told.length - after.length - '</td>'.length)
  expect(sentence).toContain('&#60;/script&#62;')
  expect(sentence.replaceAll(/&#\d+;/g, '')).not.toMatch(/[<>`*_[\]()|!@$:\\\n]|www\./)
})

test('a summary larger than GitHub takes is cut off between two entries, and says how many are missing', () => {
  const findings = Array.from({ length: 3000 }, (_, index) =>
    sampleFinding({ rule: `http/rule-${index}`, sentence: `Value ${'x'.repeat(900)} of ${index}.` }),
  )
  const told = render(recordOf([sampleStep({ findings, outcome: { kind: 'failed' } })]))
  expect(Buffer.byteLength(told)).toBeLessThan(1024 * 1024)
  expect(Buffer.byteLength(told)).toBeGreaterThan(1000 * 1024)
  expect(told.trimEnd()).toMatch(
    /\*\*Cut off here, because GitHub takes 1 MiB: [\d,]+ more entries\. All are in run\.json\.\*\*$/,
  )
  const shown = told.match(/<details open>/g)?.length ?? 0
  const missing = Number(/([\d,]+) more entries/.exec(told)?.[1]?.replaceAll(',', ''))
  expect(shown + missing).toBe(3000)
})
