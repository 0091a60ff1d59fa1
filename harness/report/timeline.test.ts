import { expect, test } from 'vitest'
import { columnsOf } from './columns.ts'
import { text } from './formats/text.ts'
import { hostileText, recordOf, sampleFinding, sampleStep, sampleTimeline } from './sample-record.ts'
import { drawingOf, shortly, timelineLines } from './timeline.ts'

const narrow = { colour: false, columns: 80 }

test('a failed step shows its timeline with a bar for each phase and a sign for each moment, in 80 columns', () => {
  const record = recordOf([
    sampleStep({ findings: [sampleFinding()], outcome: { kind: 'failed' }, timeline: sampleTimeline() }),
  ])
  expect(/^TIMELINE[^]*?\n\n/m.exec(text.render(record, narrow))?.[0]).toMatchInlineSnapshot(`
    "TIMELINE http/fields: links-cut, documents
      RTO: 383 ms
      RPO: 3 of 18563 acknowledged writes: 1.501, 1.502, 4.12
         383 ms |         ====           | write outage
         286 ms |         ====           | promotion
      -1,204 ms |.                       | the links of node-1 to node-2, node-3 are
                                           cut
          +0 ms |         x              | fault: node-1 is killed
         +12 ms |         ?              | noticed: a client gets no answer to a
                                           write
        +290 ms |           .            | node-2 is primary
        +300 ms |            >           | change: clients are led to node-2
        +383 ms |            +           | recovered: node-2 acknowledges its first
                                           write
      +1,700 ms |                      # | settled: nothing moves any more, and the
                                           nodes differ
      +1,790 ms |                       .| every row of every node is read

    "
  `)
})

test('a passed step tells its numbers in a line, and its phases where it has no numbers', () => {
  const { facts: _facts, ...rest } = sampleTimeline()
  const told = text.render(recordOf([sampleStep({ timeline: sampleTimeline() })]), narrow)
  expect(told).toContain(
    'links-cut, documents: RTO 383 ms; RPO 3 of 18563 acknowledged writes: 1.501,\n  1.502, 4.12\n',
  )
  expect(told).not.toContain('TIMELINE')
  expect(shortly(rest)).toBe('write outage 383 ms; promotion 286 ms')
  expect(shortly({ title: 'nothing', unit: 'ms', marks: [] })).toBeUndefined()
})

test('of too many moments those with a kind are drawn, and the others are counted', () => {
  const marks = Array.from({ length: 100 }, (_, at) => ({ at, what: `moment ${at}` }))
  const timeline = sampleTimeline({ marks: [...marks, { at: 200, what: 'it broke', kind: 'fault' }] })
  expect(drawingOf(timeline).marks).toHaveLength(40)
  expect(timelineLines(timeline, 80).join('\n')).toContain('fault: it broke')
  expect(timelineLines(timeline, 80).at(-1)).toBe('  and 61 more moments: all are in run.json')
})

test('hostile text keeps to its columns and loses its power', () => {
  const timeline = sampleTimeline({
    title: hostileText,
    marks: [{ at: 1e308, what: hostileText.repeat(3) }],
    spans: [{ from: -1e308, to: 1e308, what: hostileText }],
    facts: [{ what: hostileText, value: hostileText.repeat(20) }],
  })
  const lines = timelineLines(timeline, 80)
  expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(80)
  expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/)
})
