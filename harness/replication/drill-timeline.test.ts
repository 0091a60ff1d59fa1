import { expect, test } from 'vitest'
import { allEqual, feltOf } from './phases.ts'
import { drillTimeline } from './drill-timeline.ts'
import type { Entry } from './ledger/journal.ts'
import type { LedgerReport } from './ledger/compare.ts'
import { tokenOf } from './ledger/token.ts'
import { startStory } from './story.ts'

const write = (fate: Entry['fate'], settledAt: number): Entry => ({
  fate,
  era: 0,
  origin: undefined,
  sentAt: settledAt - 1,
  settledAt,
})

const ledger: LedgerReport = {
  acknowledged: 500,
  refused: 0,
  unknown: 4,
  lost: [],
  phantom: [],
  duplicate: [],
  nodes: [{ node: 'node-3', missing: [], extra: [], extraAcknowledged: [], duplicate: [], holes: [], changed: [] }],
  splitBrain: [],
}
const parted: LedgerReport = {
  ...ledger,
  lost: [tokenOf(1, 501), tokenOf(4, 12)],
  nodes: ledger.nodes.map((node) => ({ ...node, missing: [tokenOf(1, 2)] })),
}

/** A promotion at 100 to 300 ms of a clock that the test moves. */
function told(ending: LedgerReport, entries: readonly Entry[] = [write('acknowledged', 40), write('unknown', 60)]) {
  const clock = { now: 0 }
  const story = startStory(
    () => clock.now,
    () => undefined,
  )
  clock.now = 50
  story.note('node-1 is killed', 'fault')
  clock.now = 100
  const ended = story.promotion()
  clock.now = 300
  story.led('clients are led to node-2')
  clock.now = 800
  ended()
  story.noteAt(320, 'node-2 acknowledges its first write', 'recovery')
  return story.told({ entries, ledger: ending, faultAt: 50, stoppedAt: 500, quietAt: 900 })
}

test('the write outage is the longest time after the fault in which nobody was acknowledged a write', () => {
  const writes = [10, 90, 105, 400, 410].map((at) => write('acknowledged', at))
  expect(feltOf([...writes, write('refused', 120)], 100, 500).outage).toMatchObject({ from: 105, to: 400 })
  expect(feltOf([write('acknowledged', 90)], 100, 500).outage).toMatchObject({ from: 100, to: 500 })
})

test('the fault is noticed by the first client who is refused or gets no answer after it', () => {
  const writes = [write('refused', 90), write('unknown', 130), write('refused', 120), write('acknowledged', 101)]
  expect(feltOf(writes, 100, 500).noticed).toEqual({ at: 120, how: 'refused' })
  expect(feltOf([write('acknowledged', 101)], 100, 500).noticed).toBeUndefined()
})

test('a promotion lasts until clients are led to the new primary, and convergence from then until all are equal', () => {
  const { phases, convergedMs, timeline } = told(ledger)
  expect(phases.slice(1)).toEqual([
    { what: 'promotion', from: 100, to: 300 },
    { what: 'until all replicas are equal', from: 300, to: 900 },
  ])
  expect(convergedMs).toBe(600)
  expect(timeline.map(({ kind }) => kind)).toEqual(['fault', 'notice', 'change', 'recovery', 'end'])
})

test('nodes that differ at the end have never converged, and the timeline says so', () => {
  const { convergedMs, phases, timeline } = told(parted)
  expect(convergedMs).toBeUndefined()
  expect(phases.map(({ what }) => what)).toEqual(['write outage', 'promotion'])
  expect(timeline.at(-1)?.what).toBe('nothing moves any more, and the nodes differ')
})

test.for(['missing', 'extra', 'duplicate', 'changed'] as const)('a row that is %s makes nodes differ', (how) => {
  expect(allEqual(ledger)).toBe(true)
  expect(allEqual({ ...ledger, nodes: ledger.nodes.map((node) => ({ ...node, [how]: [tokenOf(1, 1)] })) })).toBe(false)
})

test('reports get the timeline with the fault at 0 ms, the lost writes by their ids, and what was measured', () => {
  const seen = {
    drill: 'links-cut',
    procedure: 'documents',
    seed: 1,
    drawn: [],
    ledger: parted,
    statuses: [],
    primary: 'node-2',
    rtoMs: 270.4,
    unsettled: undefined,
    witnessed: [],
    failed: undefined,
    planned: false,
    refusals: {},
    ...told(parted),
  }
  const { title, marks, spans, facts } = drillTimeline(seen)
  expect(title).toBe('links-cut, documents')
  expect(marks[0]).toEqual({ at: 0, what: 'node-1 is killed', kind: 'fault' })
  expect(spans?.[1]).toEqual({ what: 'promotion', from: 50, to: 250 })
  expect(facts).toEqual([
    { what: 'RTO', value: '270 ms' },
    { what: 'RPO', value: '2 of 500 acknowledged writes: 1.501, 4.12' },
    { what: 'replicas equal', value: 'never' },
  ])
  const never = drillTimeline({ ...seen, ledger, rtoMs: undefined, convergedMs: 600 }).facts
  expect(never?.map(({ value }) => value)).toEqual([
    'none: no write was acknowledged again',
    'nothing lost',
    'after 600 ms',
  ])
  const reads = { answered: 90, failed: 1, outageMs: 210, outageFrom: 60, lastAt: 900, staleAfterMs: 0, answers: {} }
  const stale = ['node-2', 'node-3'].map((node) => ({ write: tokenOf(1, 3), node, ageMs: 8, at: 40 }))
  const read = drillTimeline({ ...seen, front: 'splitter', reads: { ...reads, stale } })
  expect(read.spans?.at(-1)).toEqual({ what: 'read outage', from: 10, to: 220 })
  expect(read.facts?.slice(2, 4)).toEqual([
    { what: 'read outage', value: '210 ms' },
    { what: 'stale reads', value: '1 of the acknowledged writes was missed' },
  ])
})
