import { describe, expect, test } from 'vitest'
import { ofAsked, runCheck } from '../../kernel/index.ts'
import { cascade } from '../checks/cascade.ts'
import { dates } from '../checks/dates.ts'
import { dated } from './testing/dated.ts'

describe('boot/dates', () => {
  test.for(dates.examples)('$title', ({ given, yields }) => {
    expect(runCheck(dates, given).findings.map(({ rule }) => rule)).toEqual(yields.map(({ id }) => id))
  })

  test('one finding a class, with all its dates, and what it said on the first', () => {
    const fails = { exitCode: 1, stderr: 'Traceback\nValueError: day is out of range\n' }
    const runs = ['2000-02-29T00:00:05Z', '2000-02-29T12:00:00Z', '2024-02-29T12:00:00Z'].map((at) => ({
      at,
      ...fails,
    }))
    const { findings } = runCheck(dates, dated({ runs: [...runs, { at: '2024-03-01T12:00:00Z' }] }))
    expect(findings.map(({ sentence }) => sentence)).toEqual([
      'On 2000-02-29 at 00:00:05, 12:00:00; 2024-02-29 at 12:00:00 (leap day) it fails: exit code 1, ' +
        'ValueError: day is out of range. On an ordinary day it works.',
    ])
  })

  test('what fails before a turn is told of its own day, and what fails after it of the turn', () => {
    const runs = [
      { at: '2024-02-29T12:00:00Z', exitCode: 1 },
      { at: '2038-01-19T03:14:09Z', dateClass: 'year-2038', exitCode: 1 },
      { at: '2096-02-29T12:00:00Z', exitCode: 1 },
    ] as const
    const { findings } = runCheck(dates, dated({ runs }))
    expect(findings.map(({ place, evidence }) => [place, evidence['dates']])).toEqual([
      ['leap-day', '2024-02-29 at 12:00:00'],
      ['year-2038', '2038-01-19 at 03:14:09; 2096-02-29 at 12:00:00'],
    ])
  })

  test('only the rules that are asked for are told', () => {
    const given = dated({ runs: [{ at: '2024-02-29T12:00:00Z', exitCode: 1 }] })
    expect(ofAsked(runCheck(dates, given), ['boot/dates-hanging']).findings).toEqual([])
    expect(ofAsked(runCheck(dates, given), ['boot/dates-fatal']).findings).toHaveLength(1)
    expect(ofAsked(runCheck(dates, given), ['boot/dates']).findings).toHaveLength(1)
  })
})

describe('boot/cascade', () => {
  test.for(cascade.examples)('$title', ({ given, yields }) => {
    expect(runCheck(cascade, given).findings.map(({ rule }) => rule)).toEqual(yields.map(({ id }) => id))
  })
})
