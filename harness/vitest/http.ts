import type { MatcherState } from 'vitest'
import { expect } from 'vitest'
import type { z } from 'zod'
import type { ExpectSection } from '../http/expectations/table.ts'
import { expectedBy, expectSection, groups } from '../http/expectations/table.ts'
import { lookWhetherExpected } from '../http/look-expected.ts'
import { inputProblems } from '../input/index.ts'
import { systemClock } from '../kernel/index.ts'
import { count } from '../report/words.ts'
import type { Exchange } from '../wire/index.ts'
import { createClient } from '../wire/index.ts'
import { guardOf } from './guard.ts'
import type { MatcherResult } from './matcher-result.ts'
import { blindness, isNegated, remember, shown, teach } from './matcher-result.ts'
import { redactStep } from './redact-step.ts'

/**
 * The matcher for HTTP. It stands apart, because the others know no practice:
 *
 *     import { expect, test } from 'seatrial/vitest'
 *     import 'seatrial/vitest/http'
 */

/** What a page must be like: the section `expect` of a target in the configuration, to the letter. */
export type HttpExpectations = z.input<typeof expectSection>

export interface ToMeetHttpOptions {
  /** What reports call the page; its address unless said, which has another port at every run. */
  readonly name?: string
  /** Longest exchange, milliseconds; 10,000 unless said. */
  readonly deadlineMs?: number
}

declare module 'vitest' {
  // Both are named by Vitest, which merges this with its own.
  interface Matchers<R, T> {
    /**
     * The page at this address meets every expectation. Further questions (HEAD, ranges, an error
     * page, ...) are asked where an expectation needs them, on loopback and where `network.allow`
     * of the configuration says. An exchange of the wire client is judged as it stands: whatever
     * needs a further question then could not be looked at, which is not a pass.
     *
     * @example
     * await expect(`${await stack.part('web').origin()}/`).toMeetHttp({
     *   caching: { sharedForSeconds: 60 },
     *   security: { hstsSeconds: 31_536_000, nosniff: true },
     * })
     */
    toMeetHttp: (expected: HttpExpectations, options?: ToMeetHttpOptions) => Promise<void>
  }
}

async function toMeetHttp(
  this: MatcherState,
  received: unknown,
  expected: unknown,
  { name, deadlineMs }: ToMeetHttpOptions = {},
): Promise<MatcherResult> {
  using _waiting = demandAwait(this)
  if (isNegated(this)) {
    throw new TypeError('toMeetHttp has no .not: expect what you do want, such as { answer: { status: 404 } }')
  }
  const page = pageOf(received)
  const section = sectionOf(expected)
  const { allow, redact, seed } = guardOf(this.task)
  await using client = createClient({ allow, ...(deadlineMs !== undefined && { deadlineMs }) })
  const subject = name ?? (page instanceof URL ? page.href : page.request.url)
  const signal = this.task?.context.signal
  const looking = { client, clock: systemClock, seed, ...(signal !== undefined && { signal }) }
  const seen = await lookWhetherExpected({ subject, page, expect: section, replay: () => replayOf(this) }, looking)
  const step = redactStep(seen, redact)
  const { blind, unsettled, lines } = blindness([step])
  const { findings } = step
  const wanted = count(expectedBy(section).length, 'expectation')
  const text = [
    `expected ${step.subject} to meet ${wanted}, got ${count(findings.length, 'finding')}`,
    ...lines,
    ...teach(findings),
  ].join('\n')
  const pass = !blind && findings.length === 0
  remember(this, [step], pass ? {} : { told: text, findings, unsettled })
  return { pass, message: () => text }
}

/** Fails a test that ends before its matcher: what comes later would be nobody's. */
function demandAwait({ task }: MatcherState): Disposable {
  let over = false
  task?.context.onTestFinished(() => {
    if (!over) throw new Error('toMeetHttp asks a server: await it, or the test ends before the answer is there')
  })
  return { [Symbol.dispose]: () => void (over = true) }
}

function replayOf({ task }: MatcherState): string {
  return task === undefined
    ? 'seatrial test'
    : `seatrial test ${task.file.name} -t ${JSON.stringify(task.fullTestName)}`
}

function pageOf(received: unknown): URL | Exchange {
  if (isExchange(received)) return received
  const url = received instanceof URL ? received : typeof received === 'string' ? URL.parse(received) : null
  if (url !== null && ['http:', 'https:'].includes(url.protocol)) {
    const page = new URL(url)
    page.hash = ''
    return page
  }
  const given =
    received instanceof Response ? 'a Response of fetch(), which has repaired what it read' : shown(received)
  throw new TypeError(
    `toMeetHttp takes an http:// or https:// address, or an exchange of the wire client, was given ${given}`,
  )
}

function isExchange(value: unknown): value is Exchange {
  return (
    typeof value === 'object' && value !== null && 'request' in value && 'response' in value && 'receivedAt' in value
  )
}

function sectionOf(expected: unknown): ExpectSection {
  const { success, data, error } = expectSection.safeParse(expected)
  if (!success) {
    const problems = inputProblems(error, { name: 'toMeetHttp', schema: expectSection, input: expected })
    // What is wanted is in the message: a mend that only repeats it is left out.
    const told = problems.map(({ message, mend, wanted }) => (mend.includes(wanted) ? message : `${message}. ${mend}`))
    throw new TypeError(told.join('\n'))
  }
  if (expectedBy(data).length === 0) {
    throw new TypeError(
      `toMeetHttp was given nothing to expect: ${shown(expected)}; the groups are ${Object.keys(groups).join(', ')}`,
    )
  }
  return data
}

expect.extend({ toMeetHttp })
