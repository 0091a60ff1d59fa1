import { describe, expect, test } from 'vitest'
import { manualClock } from '../../kernel/index.ts'
import { decodeCapabilities } from './linux-capabilities.ts'
import type { Answer, Question } from './question.ts'
import { askAll, deadlineMs, isReady, question } from './question.ts'

const asking = (id: string, neededBy: Question['neededBy'], ask: () => Promise<Answer>): Question =>
  question({ id, title: id, neededBy, ask })

const answering = (state: Answer['state'], neededBy: Question['neededBy'] = 'run'): Question =>
  asking(state, neededBy, async () => ({ state, detail: 'seen' }))

describe('asking', () => {
  test('puts what `seatrial run` needs first, and keeps the order of the rest', async () => {
    const asked = [answering('ok', 'convenience'), answering('missing', 'tests'), answering('degraded', 'run')]
    expect((await askAll(asked)).map(({ neededBy }) => neededBy)).toEqual(['run', 'tests', 'convenience'])
  })

  test('a question that throws is unknown, with its words, and the others are answered', async () => {
    const broken = asking('broken', 'run', () => Promise.reject(new Error('no /proc here')))
    expect(await askAll([broken, answering('ok')])).toMatchObject([
      { id: 'broken', state: 'unknown', detail: 'could not look: no /proc here' },
      { id: 'ok', state: 'ok' },
    ])
  })

  test('a question that never answers is unknown after its deadline', async () => {
    const clock = manualClock()
    const silent = asking('silent', 'run', () => new Promise<Answer>(() => undefined))
    expect(await askAll([silent], clock)).toMatchObject([{ state: 'unknown', detail: 'no answer within 5 s' }])
    expect(clock.elapsed()).toBe(deadlineMs)
  })
})

describe('ready', () => {
  test.for([
    ['all that a run needs is there', [answering('ok')], true],
    ['something is there with less than it could be', [answering('degraded')], true],
    ['something is missing', [answering('ok'), answering('missing')], false],
    ['nobody could tell about something', [answering('unknown')], false],
    ['only what drills on machines need is missing', [answering('ok'), answering('missing', 'machines')], true],
  ] as const)('when %s', async ([, questions, ready]) => {
    expect(isReady(await askAll(questions))).toBe(ready)
  })
})

describe('capabilities', () => {
  test('are named by their bits', () => {
    expect(decodeCapabilities('0000000000001021')).toEqual(['CHOWN', 'KILL', 'NET_ADMIN'])
  })

  test('include the last one that Linux has, and number what it has not named yet', () => {
    expect(decodeCapabilities('0000030000000000')).toEqual(['CHECKPOINT_RESTORE', 'CAP_41'])
  })

  test('are none in an empty mask', () => {
    expect(decodeCapabilities('0000000000000000')).toEqual([])
  })
})
