import { describe, expect, test } from 'vitest'
import {
  check,
  exitCodes,
  fingerprint,
  manualClock,
  messageOf,
  nearest,
  rfc,
  rule,
  runCheck,
  SeatrialError,
  UsageError,
  verdictOf,
  waitFor,
  worst,
} from './index.ts'

const tooOld = rule({
  id: 'http/age-too-old',
  level: 'error',
  reference: rfc(9111, '5.1'),
  says: (e: { seconds: number }) => `Age is ${e.seconds} s.`,
  wants: 'A young answer.',
  remedy: 'Purge the cache.',
})

describe('a rule', () => {
  test('seen at a place becomes a finding that carries everything a reader needs', () => {
    expect(tooOld.at('response.fields.age', { seconds: 9 })).toEqual({
      rule: 'http/age-too-old',
      level: 'error',
      place: 'response.fields.age',
      evidence: { seconds: 9 },
      sentence: 'Age is 9 s.',
      wants: 'A young answer.',
      remedy: 'Purge the cache.',
      reference: { title: 'RFC 9111 section 5.1', url: 'https://www.rfc-editor.org/rfc/rfc9111#section-5.1' },
    })
  })

  test('has a fingerprint that stays the same when only the evidence changes', () => {
    const [young, old] = [tooOld.at('age', { seconds: 1 }), tooOld.at('age', { seconds: 2 })]
    expect(fingerprint('web /', young)).toBe(fingerprint('web /', old))
    expect(fingerprint('web /', young)).not.toBe(fingerprint('web /other', young))
  })
})

describe('a check', () => {
  test('that throws is unsettled: harness, and keeps what it had found', () => {
    const broken = check({
      id: 'http/age',
      rules: [tooOld],
      *run(given: number) {
        yield tooOld.at('age', { seconds: given })
        throw new Error('boom')
      },
      examples: [],
    })
    expect(runCheck(broken, 7)).toMatchObject({
      check: 'http/age',
      findings: [{ rule: 'http/age-too-old' }],
      unsettled: { because: 'harness', why: 'http/age threw: boom' },
    })
  })
})

describe('outcomes', () => {
  test('are merged by the worst: failed, unsettled, passed, skipped', () => {
    expect(worst(['skipped', 'passed'])).toBe('passed')
    expect(worst(['passed', 'unsettled', 'skipped'])).toBe('unsettled')
    expect(worst(['unsettled', 'failed', 'passed'])).toBe('failed')
    expect(worst([])).toBeUndefined()
  })

  test('of a run that looked at nothing make it unsettled, never passed', () => {
    expect(verdictOf([])).toBe('unsettled')
    expect(verdictOf(['skipped', 'skipped'])).toBe('unsettled')
    expect(verdictOf(['skipped', 'passed'])).toBe('passed')
  })

  test('have the exit codes 0, 1, 2, and 3 for a wrong question', () => {
    expect(exitCodes).toEqual({ passed: 0, failed: 1, unsettled: 2, usage: 3 })
  })
})

describe('waitFor', () => {
  test('returns the value of the first look that is done', async () => {
    const clock = manualClock()
    let looks = 0
    const value = await waitFor('the third look', () => (++looks === 3 ? { done: looks } : { seen: `look ${looks}` }), {
      deadlineMs: 1000,
      clock,
    })
    expect(value).toBe(3)
  })

  test('names the condition and the last thing it saw when the deadline passes', async () => {
    const waiting = waitFor('the replica to catch up', () => ({ seen: 'lag 7 s' }), {
      deadlineMs: 100,
      clock: manualClock(),
    })
    await expect(waiting).rejects.toMatchObject({
      code: 'SEATRIAL_WAIT_DEADLINE',
      because: 'timeout',
      message: 'waited 100 ms for the replica to catch up; last saw: lag 7 s',
    })
  })

  test('takes a look that throws for "not yet", and tells its message', async () => {
    const waiting = waitFor(
      'the port',
      () => {
        throw new Error('connection refused')
      },
      { deadlineMs: 50, clock: manualClock() },
    )
    await expect(waiting).rejects.toThrow(/last saw: connection refused/)
  })

  test('gives up at the deadline even when a look never returns', async () => {
    const waiting = waitFor('an answer', () => new Promise(() => {}), { deadlineMs: 20 })
    await expect(waiting).rejects.toMatchObject({ code: 'SEATRIAL_WAIT_DEADLINE' })
  })

  test('ends at once when it is aborted', async () => {
    const abort = new AbortController()
    const waiting = waitFor('nothing', () => ({ seen: '' }), { deadlineMs: 60_000, signal: abort.signal })
    abort.abort(new Error('told to stop'))
    await expect(waiting).rejects.toThrow('told to stop')
  })
})

describe('errors', () => {
  test('of usage name the path, what was given and what is wanted', () => {
    const error = new UsageError({ path: 'stack.web.port', given: '"eighty"', wanted: 'a number from 1 to 65535' })
    expect(error.message).toBe('stack.web.port: given "eighty", wanted a number from 1 to 65535')
    expect(error.code).toBe('SEATRIAL_USAGE')
  })

  test('are told with their causes on one line', () => {
    const cause = new Error('ECONNREFUSED')
    expect(messageOf(new SeatrialError('SEATRIAL_NO_ENGINE', 'no engine', { mend: 'start it', cause }))).toBe(
      'no engine (ECONNREFUSED)',
    )
    expect(messageOf(new AggregateError([new Error('a'), new Error('b')]))).toBe('a; b')
    expect(messageOf('text')).toBe('text')
  })
})

test('nearest finds the word that was meant, and nothing for a word that is far from all', () => {
  expect(nearest('htp', ['http', 'run'])).toBe('http')
  expect(nearest('nonsense', ['http', 'run'])).toBeUndefined()
})
