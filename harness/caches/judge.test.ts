import { describe, expect, test } from 'vitest'
import { rfc } from '../kernel/index.ts'
import type { CacheCase } from './case.ts'
import { judge } from './judge.ts'
import type { Heard, OriginSaw, Transcript } from './transcript.ts'

/** The outcome of a case is drawn from what was heard and what the origin saw, and from nothing a cache says of itself. */

const reused: CacheCase = {
  id: 'caches/example-reused',
  title: 'An answer is used again.',
  level: 'required',
  reference: rfc(9111),
  requests: [{ answer: { fields: [['Cache-Control', 'max-age=60']] } }, { expect: { from: 'cache' } }],
}

function saw(serial: number, request: number, status = 200): OriginSaw {
  return { serial, request, method: 'GET', target: '/t.1/', fields: [], at: 0, answer: { status, fields: [] } }
}

function heard(body: string, rest: Partial<Heard> = {}): Heard {
  return { status: 200, fields: [], trailers: [], body, interim: [], at: 0, ...rest }
}

function transcript(parts: Partial<Transcript>): Transcript {
  return { case: reused.id, token: 't.1', start: 0, heard: [], origin: [], ...parts }
}

const first = heard('seatrial t.1 1\n')

describe('where an answer came from', () => {
  test('is proven by its content: the same content is a stored answer', () => {
    const outcome = judge(reused, transcript({ heard: [first, first], origin: [saw(1, 1)] }))
    expect(outcome).toEqual({ kind: 'passed' })
  })

  test('is not believed of a field: new content is a new answer, whatever Age and X-Cache say', () => {
    const fields = [
      ['Age', '5'],
      ['X-Cache', 'HIT'],
    ] as const
    const second = heard('seatrial t.1 2\n', { fields })
    const outcome = judge(reused, transcript({ heard: [first, second], origin: [saw(1, 1), saw(2, 2)] }))
    expect(outcome).toMatchObject({ kind: 'failed', request: 2, wanted: 'a stored answer' })
  })

  test('after a 304 of the origin is a validated answer, which is not one reused without asking', () => {
    const outcome = judge(reused, transcript({ heard: [first, first], origin: [saw(1, 1), saw(2, 2, 304)] }))
    expect(outcome).toMatchObject({ kind: 'failed' })
  })
})

describe('a case that did not get far enough', () => {
  test('is unsettled when the first answer never came through: nothing was stored that could be used', () => {
    const refused = heard('an error page', { status: 503 })
    const outcome = judge(reused, transcript({ heard: [refused, refused], origin: [] }))
    expect(outcome).toMatchObject({ kind: 'unsettled', because: 'prerequisite' })
  })

  test('is unsettled when the cache answers by itself where the origin was well', () => {
    const anew: CacheCase = { ...reused, requests: [reused.requests[0] ?? {}, { expect: { from: 'origin' } }] }
    const refused = heard('an error page', { status: 503 })
    const outcome = judge(anew, transcript({ heard: [first, refused], origin: [saw(1, 1)] }))
    expect(outcome).toMatchObject({ kind: 'unsettled', because: 'prerequisite' })
  })

  test('is unsettled when a request before the one in question was not answered', () => {
    const outcome = judge(reused, transcript({ heard: ['no answer: reset'], origin: [] }))
    expect(outcome).toMatchObject({ kind: 'unsettled', because: 'setup' })
  })

  test('is unsettled when a request was never sent', () => {
    const outcome = judge(reused, transcript({ heard: [first], origin: [saw(1, 1)] }))
    expect(outcome).toMatchObject({ kind: 'unsettled', because: 'harness' })
  })
})

test('no answer at all to the request in question is a failure of the cache', () => {
  const outcome = judge(reused, transcript({ heard: [first, 'no answer: none came'], origin: [saw(1, 1)] }))
  expect(outcome).toEqual({ kind: 'failed', request: 2, wanted: 'an answer', seen: 'no answer: none came' })
})

test('the spacing of a list is no difference of a field', () => {
  const two: CacheCase = { ...reused, requests: [{ expect: { fields: [['Vary', 'A, B']] } }] }
  const outcome = judge(two, transcript({ heard: [heard('x', { fields: [['vary', 'A,B']] })], origin: [] }))
  expect(outcome).toEqual({ kind: 'passed' })
})
