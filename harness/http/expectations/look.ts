import type { Clock, LocatedFinding, RuleId, StepReport, Unsettled } from '../../kernel/index.ts'
import { isSeatrialError, messageOf, runCheck, SeatrialError } from '../../kernel/index.ts'
import type { Exchange } from '../../wire/index.ts'
import type { Message } from '../message.ts'
import type { ProbeContext } from '../probe-context.ts'
import type { Expectation, Expected } from './expectation.ts'
import type { ExpectSection } from './table.ts'
import { expectedBy } from './table.ts'

export interface LookForExpectations {
  readonly subject: string
  readonly page: Message
  /** A way to ask further questions; undefined where none may be asked. */
  readonly context: Pick<ProbeContext, 'send'> | undefined
  readonly clock: Clock
  readonly wanted: (check: Expectation['check']) => boolean
  /** How to see a finding again; by a run of the configuration unless said. */
  readonly replay?: (id: RuleId) => string
}

/**
 * Looks whether a page is what the configuration expects, as one step; undefined when nothing
 * that is wanted is expected. An expectation that nobody can judge makes the step unsettled.
 */
export async function lookForExpectations(
  section: ExpectSection,
  { subject, page, context, clock, wanted, replay = byRun }: LookForExpectations,
): Promise<StepReport | undefined> {
  const expected = expectedBy(section).filter(({ expectation }) => wanted(expectation.check))
  if (expected.length === 0) return undefined
  const startedAt = clock.now()
  const start = clock.elapsed()
  const looked: RuleId[] = []
  const findings: LocatedFinding[] = []
  const blind: Unsettled[] = []
  for (const { expectation, value } of expected) {
    const { check } = expectation
    try {
      const answers = await askFor(expectation, value, page, context)
      const given: Expected = { value, page, answers }
      const result = runCheck(check, given)
      looked.push(check.id)
      if (result.unsettled !== undefined) blind.push(result.unsettled)
      findings.push(...result.findings.map((finding) => ({ ...finding, subject, replay: replay(check.id) })))
    } catch (error) {
      blind.push(couldNotAsk(check.id, error))
    }
  }
  const [first] = blind
  return {
    id: 'http/expect',
    subject,
    looked,
    findings,
    startedAt,
    durationMs: Math.round(clock.elapsed() - start),
    ...(first !== undefined && { unsettled: { ...first, why: blind.map(({ why }) => why).join('; ') } }),
  }
}

const byRun = (id: RuleId): string => `seatrial run --only ${id}`

async function askFor(
  expectation: Expectation,
  value: unknown,
  page: Message,
  context: Pick<ProbeContext, 'send'> | undefined,
): Promise<readonly Exchange[]> {
  const answers: Exchange[] = []
  // One after the other: what is expected of a page is not expected of it under load.
  for (const request of expectation.asks(value, page)) {
    if (context === undefined) {
      throw new SeatrialError('SEATRIAL_PROBES_OFF', 'further questions are needed, and probes are off', {
        mend: 'Allow probes for this page, or drop the expectation.',
        because: 'prerequisite',
      })
    }
    answers.push(await context.send(request))
  }
  return answers
}

function couldNotAsk(id: RuleId, error: unknown): Unsettled {
  if (isSeatrialError(error)) return { because: error.because, why: `${id}: ${error.message}`, mend: error.mend }
  const mend = 'This is a defect of the expectation; report it with the replay line.'
  return { because: 'harness', why: `${id} threw while asking: ${messageOf(error)}`, mend }
}
