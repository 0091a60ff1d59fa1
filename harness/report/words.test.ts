import { describe, expect, test } from 'vitest'
import { recordOf, sampleFinding, sampleStep } from './sample-record.ts'
import { tally } from './tally.ts'
import { bytes, costSentence, count, duration, verdictSentence } from './words.ts'
import type { RunRecord } from '../record/schema.ts'

const unsupported = { because: 'unsupported', why: 'no engine', mend: 'install one' } as const
const blindStep = sampleStep({ looked: [], unsettled: unsupported, outcome: { kind: 'unsettled', ...unsupported } })
const failedStep = sampleStep({ findings: [sampleFinding()], outcome: { kind: 'failed' } })

const sentenceOf = (record: RunRecord): string => verdictSentence(record, tally(record))

describe('the verdict in words', () => {
  test('passed says what it rests on', () => {
    const record = recordOf([sampleStep(), sampleStep({ subject: 'nginx /' })])
    expect(sentenceOf(record)).toBe('2 checks looked at 2 subjects and found nothing that blocks.')
  })

  test('passed does not hide a step that could not look and was allowed not to', () => {
    const record = recordOf([sampleStep(), blindStep], { verdict: 'passed', exitCode: 0 })
    expect(sentenceOf(record)).toContain('1 step could not look, which the gate allows.')
  })

  test('failed says how many findings block, and besides that a step could not look', () => {
    const record = recordOf([failedStep, blindStep])
    expect(sentenceOf(record)).toBe('1 finding blocks. 1 step could not look.')
  })

  test('failed by the gate alone says so', () => {
    const record = recordOf([sampleStep()], {
      verdict: 'failed',
      notes: [{ kind: 'over-budget', blocks: true, text: '4 warnings, 3 allowed' }],
    })
    expect(sentenceOf(record)).toBe('1 note of the gate blocks.')
  })

  test('unsettled is never worded like passed', () => {
    expect(sentenceOf(recordOf([sampleStep(), blindStep]))).toBe(
      'Nothing was found that blocks, but 1 step could not look: nobody can say that it passed.',
    )
  })

  test('a run that looked at nothing at all says so', () => {
    expect(sentenceOf(recordOf([]))).toContain('not everything was looked at')
  })

  test('an interrupted run says that it was ended from outside', () => {
    expect(sentenceOf(recordOf([failedStep], { state: 'interrupted' }))).toContain('The run was ended from outside')
  })
})

test('numbers are written as people read them', () => {
  expect([count(1, 'step'), count(1200, 'step')]).toEqual(['1 step', '1,200 steps'])
  expect([850, 12_345, 59_999, 200_000, 3_900_000].map(duration)).toEqual([
    '850 ms',
    '12.3 s',
    '1 min 0 s',
    '3 min 20 s',
    '1 h 5 min',
  ])
  expect([700 * 1024, 210 * 2 ** 20, 1.5 * 2 ** 30].map(bytes)).toEqual(['700 KiB', '210 MiB', '1.5 GiB'])
})

test('the cost of a killed run is not measured, which is not the same as nothing', () => {
  const record = recordOf([], { cost: { wallMs: 3000, cpuMs: 0, peakMemoryBytes: 0 } })
  expect(costSentence(record)).toBe('3.0 s, processor time not measured, memory not measured')
})
