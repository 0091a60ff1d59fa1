import { describe, expect, test } from 'vitest'
import type { LocatedFinding, StepReport } from '../kernel/index.ts'
import { rfc, rule } from '../kernel/index.ts'
import './matchers.ts'

const ageNotInteger = rule({
  id: 'http/age-not-integer',
  level: 'error',
  reference: rfc(9111, '5.1'),
  says: (e: { value: string }) => `Age is "${e.value}".`,
  wants: 'Age is a whole number of seconds.',
  remedy: 'Send whole seconds, or drop the field.',
})

const fieldsMany = rule({
  id: 'http/fields-many',
  level: 'info',
  reference: rfc(9110),
  says: () => 'There are many fields.',
  wants: 'Few fields.',
  remedy: 'Send fewer.',
})

const located = (finding: Omit<LocatedFinding, 'subject' | 'replay'>, subject: string): LocatedFinding => ({
  ...finding,
  subject,
  replay: `seatrial http http://127.0.0.1:8080${subject} --only http/age`,
})

const clean: StepReport = {
  id: 'http/page',
  subject: '/clean',
  looked: ['http/age'],
  findings: [],
  startedAt: 0,
  durationMs: 1,
}
const wrong: StepReport = {
  ...clean,
  subject: '/wrong',
  findings: [
    located(ageNotInteger.at('response.fields.age', { value: 'ten' }), '/wrong'),
    located(fieldsMany.at('response.fields'), '/wrong'),
  ],
}
const blind: StepReport = {
  ...clean,
  subject: '/blind',
  looked: [],
  unsettled: { because: 'timeout', why: 'no answer came in 10 s', mend: 'Start the server.' },
}

/** The message of what must not pass. */
function failure(act: () => void): string {
  try {
    act()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('it passed')
}

describe('toHaveNoFindings', () => {
  test('passes when everything was looked at and nothing was found', () => {
    expect(clean).toHaveNoFindings()
    expect([clean, clean]).toHaveNoFindings({ atLeast: 'good' })
  })

  test('teaches what it found: seen, wanted, mend, source, replay', () => {
    expect(failure(() => expect([clean, wrong]).toHaveNoFindings())).toMatchInlineSnapshot(`
      "expected no findings of level warning or worse, got 1

      ERROR http/age-not-integer at /wrong (response.fields.age)
        saw:    Age is "ten".
        wanted: Age is a whole number of seconds.
        mend:   Send whole seconds, or drop the field.
        source: RFC 9111 section 5.1  https://www.rfc-editor.org/rfc/rfc9111#section-5.1
        replay: seatrial http http://127.0.0.1:8080/wrong --only http/age"
    `)
  })

  test('takes lighter findings for bad when it is told so, and leaves out what is excepted', () => {
    expect(failure(() => expect(wrong).toHaveNoFindings({ atLeast: 'info', except: [ageNotInteger] }))).toContain(
      'expected no findings of level info or worse, got 1\n\nINFO http/fields-many at /wrong (response.fields)',
    )
    expect(wrong).toHaveNoFindings({ except: ['http/age-not-integer'] })
  })

  test('"could not look" passes neither way', () => {
    expect(failure(() => expect([clean, blind]).toHaveNoFindings())).toMatchInlineSnapshot(`
      "expected no findings of level warning or worse, got 0
        could not look: http/page at /blind: no answer came in 10 s"
    `)
    expect(failure(() => expect([wrong, blind]).not.toHaveNoFindings())).toContain(
      '  could not look: http/page at /blind: no answer came in 10 s',
    )
  })

  test('nothing to look at passes neither way', () => {
    expect(failure(() => expect([]).toHaveNoFindings())).toContain('nothing was looked at')
    expect(failure(() => expect([{ ...clean, looked: [] }]).not.toHaveNoFindings())).toContain('nothing was looked at')
  })

  test('negated, it wants findings', () => {
    expect(wrong).not.toHaveNoFindings()
    expect(failure(() => expect(clean).not.toHaveNoFindings())).toMatchInlineSnapshot(
      `"expected findings of level warning or worse, got 0"`,
    )
  })
})

describe('toFind', () => {
  test('passes when the rule was seen, anywhere or at the place', () => {
    expect(wrong).toFind(ageNotInteger)
    expect([clean, wrong]).toFind('http/age-not-integer', 'response.fields.age')
  })

  test('says what it found instead', () => {
    expect(failure(() => expect(wrong).toFind('http/vary-missing'))).toMatchInlineSnapshot(`
      "expected to find http/vary-missing
        found instead: http/age-not-integer, http/fields-many"
    `)
    expect(failure(() => expect(wrong).toFind(ageNotInteger, 'response.body'))).toMatchInlineSnapshot(`
      "expected to find http/age-not-integer at response.body
        found instead: http/age-not-integer, http/fields-many"
    `)
  })

  test('negated, it teaches what it found', () => {
    expect(clean).not.toFind(ageNotInteger)
    expect(failure(() => expect(wrong).not.toFind(ageNotInteger))).toMatchInlineSnapshot(`
      "expected not to find http/age-not-integer

      ERROR http/age-not-integer at /wrong (response.fields.age)
        saw:    Age is "ten".
        wanted: Age is a whole number of seconds.
        mend:   Send whole seconds, or drop the field.
        source: RFC 9111 section 5.1  https://www.rfc-editor.org/rfc/rfc9111#section-5.1
        replay: seatrial http http://127.0.0.1:8080/wrong --only http/age"
    `)
  })

  test('what could not be looked for is neither found nor known to be missing', () => {
    expect(failure(() => expect([clean, blind]).toFind(ageNotInteger))).toMatchInlineSnapshot(`
      "expected to find http/age-not-integer
        could not look: http/page at /blind: no answer came in 10 s
        found instead: nothing"
    `)
    expect(failure(() => expect([clean, blind]).not.toFind(ageNotInteger))).toContain('could not look')
    expect(failure(() => expect([]).not.toFind(ageNotInteger))).toContain('nothing was looked at')
    // What was found was found, whoever could not look elsewhere.
    expect([wrong, blind]).toFind(ageNotInteger)
  })
})

describe('misuse names what was passed in', () => {
  test.each([
    ['a response', { status: 200 }, '{ status: 200 }'],
    ['nothing', undefined, 'undefined'],
    ['a promise that nobody awaited', Promise.resolve([clean]), 'a promise: await it first'],
    ['a list of something else', ['http/age'], "[ 'http/age' ]"],
    ['something large', { body: 'x'.repeat(10_000) }, 'more characters'],
    ['something that JSON cannot say', { big: 1n }, '{ big: 1n }'],
  ])('%s', (_title, given, named) => {
    const message = failure(() => expect(given).toHaveNoFindings())
    expect(message).toMatch(/^toHaveNoFindings takes the steps that looking returns, was given /)
    expect(message).toContain(named)
    expect(message.length).toBeLessThan(300)
    expect(failure(() => expect(given).not.toFind('http/age'))).toMatch(/^toFind takes the steps/)
  })
})
