import type { Clock, StepReport } from '../kernel/index.ts'
import { runCheck, SeatrialError } from '../kernel/index.ts'
import type { Exchange, WireClient } from '../wire/index.ts'
import { answer } from './exchange/answer.ts'
import { lookForExpectations } from './expectations/look.ts'
import type { ExpectSection } from './expectations/table.ts'
import type { Message } from './message.ts'
import { messageOfExchange } from './message.ts'
import { nobodyAnswered } from './nobody-answered.ts'
import { openProbeContext } from './open-probe-context.ts'

export interface ExpectedPage {
  /** Stable name in reports. */
  readonly subject: string
  /** Where the page is, or an exchange that is over: then nothing more can be asked. */
  readonly page: URL | Exchange
  readonly expect: ExpectSection
  /** How to see a finding again. */
  readonly replay: () => string
}

export interface LookExpectedOptions {
  readonly client: WireClient
  readonly clock: Clock
  readonly seed: number
  readonly signal?: AbortSignal
}

/**
 * Looks whether a page is what is expected of it, and at nothing else: one plain GET, and what
 * the expectations ask besides. Never throws for what a server does.
 *
 * @throws UsageError for an address where the client may not send anything
 */
export async function lookWhetherExpected(expected: ExpectedPage, options: LookExpectedOptions): Promise<StepReport> {
  const { page } = expected
  const { client, clock, seed, signal } = options
  const send = { ...(signal !== undefined && { signal }) }
  const exchange = page instanceof URL ? await client.send({ url: page.href, ...send }) : page
  const message = messageOfExchange(exchange)
  if (message === undefined || exchange.trouble !== undefined) return noPage(expected, exchange, clock)
  if (!(page instanceof URL)) return judge(expected, message, over, clock)
  await using context = await openProbeContext({ url: page, base: message, client, clock, seed, ...send })
  // Awaited here, or the context would be closed before it is asked.
  return await judge(expected, message, context.for('http/expect'), clock)
}

async function judge(
  { subject, expect, replay }: ExpectedPage,
  page: Message,
  context: { readonly send: () => Promise<Exchange> },
  clock: Clock,
): Promise<StepReport> {
  const step = await lookForExpectations(expect, { subject, page, context, clock, wanted: () => true, replay })
  return step ?? { id: 'http/expect', subject, looked: [], findings: [], startedAt: clock.now(), durationMs: 0 }
}

/** There is no whole answer: whose fault that is, if anybody's, is all that can be said. */
function noPage({ subject, replay }: ExpectedPage, exchange: Exchange, clock: Clock): StepReport {
  const { check, findings, unsettled: broke } = runCheck(answer, exchange)
  const unsettled = nobodyAnswered(exchange) ?? broke
  return {
    id: 'http/expect',
    subject,
    looked: [check],
    findings: findings.map((finding) => ({ ...finding, subject, replay: replay() })),
    startedAt: clock.now(),
    durationMs: Math.round(exchange.timing.totalMs),
    ...(unsettled !== undefined && { unsettled }),
  }
}

const over = {
  send: async (): Promise<Exchange> => {
    throw new SeatrialError('SEATRIAL_PROBES_OFF', 'further questions are needed, and this exchange is over', {
      mend: 'Hand over the address of the page in place of an exchange with it.',
      because: 'prerequisite',
    })
  },
}
