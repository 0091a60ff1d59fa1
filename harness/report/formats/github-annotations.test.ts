import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../record/schema.ts'
import { readWorkflowCommands } from '../readers.ts'
import { sampleRecord } from '../sample-everything.ts'
import { hostileText, largeRecord, recordOf, sampleFinding, sampleStep } from '../sample-record.ts'
import { githubAnnotations } from './github-annotations.ts'

const render = (record: RunRecord): string => githubAnnotations.render(record, { colour: false, columns: 100 })
const failing = (over: Parameters<typeof sampleFinding>[0]): RunRecord =>
  recordOf([sampleStep({ findings: [sampleFinding(over)], outcome: { kind: 'failed' } })])

test('a finding that blocks is one error with its lesson, and the verdict is a plain line', () => {
  expect(render(failing({}))).toMatchInlineSnapshot(`
    "::error title=http/age-not-integer::balancer /page (response.fields.age)%0Asaw:    Age is "ten", not a whole number of seconds.%0Awanted: Age is one non-negative whole number of seconds.%0Amend:   Send whole seconds in Age, or drop the field.%0Asource: RFC 9111 section 5.1  https://www.rfc-editor.org/rfc/rfc9111#section-5.1%0Areplay: seatrial http http://127.0.0.1:8080/page --only http/age
    Seatrial: Failed. 1 finding blocks.
    "
  `)
})

test('what the runner reads is what was meant', () => {
  expect(readWorkflowCommands(render(sampleRecord())).map(({ command, title }) => `${command} ${title}`)).toEqual([
    'error http/age-not-integer',
    'error http/range-ignored',
    'error boot/reboot could not look',
    'error replication/topology could not look',
    'error replication/topology could not look',
    'error gate: acceptance expired',
    'warning http/hsts-absent',
    'warning gate: acceptance hides nothing',
  ])
})

test('a warning that blocks is an error, so that colour and exit code agree', () => {
  const [first] = readWorkflowCommands(render(failing({ level: 'warning' })))
  expect(first?.command).toBe('error')
})

describe('hostile text cannot begin a command of its own', () => {
  test.for(['\n::add-mask::x', '\r\n::stop-commands::x', '\u2028::error::x', ' ::error::x', hostileText])(
    '%j',
    (hostile) => {
      const told = render(
        failing({ sentence: hostile, subject: hostile, place: hostile, replay: hostile, remedy: hostile }),
      )
      const commands = readWorkflowCommands(told)
      expect(commands.map(({ command, title }) => [command, title])).toEqual([['error', 'http/age-not-integer']])
      expect(told.split('\n')).toHaveLength(3)
    },
  )

  test('a title with colons, commas and percent signs comes through whole', () => {
    const why = { because: 'timeout', why: '100%0A ::x', mend: 'wait, longer: please' } as const
    const record = recordOf([sampleStep({ looked: [], unsettled: why, outcome: { kind: 'unsettled', ...why } })])
    const [first] = readWorkflowCommands(render(record))
    expect(first?.message).toBe('balancer /page: a wait ran out.\nwhy:  100%0A ::x\nmend: wait, longer: please')
  })
})

test('at most ten of a kind are annotated, and the rest is counted in one line', () => {
  const told = render(largeRecord(2000, 5))
  expect(readWorkflowCommands(told).filter(({ command }) => command === 'error')).toHaveLength(10)
  expect(readWorkflowCommands(told).filter(({ command }) => command === 'warning')).toHaveLength(10)
  expect(told.trimEnd().split('\n').at(-1)).toBe(
    'Seatrial: Failed. 6,000 findings block. Not annotated, because GitHub shows ten of a kind: 30 more errors and 30 more warnings.',
  )
})

test('a clean run is one plain line', () => {
  expect(render(recordOf([sampleStep()]))).toBe(
    'Seatrial: Passed. 2 checks looked at 1 subject and found nothing that blocks.\n',
  )
})
