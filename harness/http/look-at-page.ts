import type { CheckResult, Clock, Finding, LocatedFinding, StepReport } from '../kernel/index.ts'
import { isAsked, ofAsked, runCheck } from '../kernel/index.ts'
import type { WireClient } from '../wire/index.ts'
import { answer } from './exchange/answer.ts'
import type { ExpectSection } from './expectations/table.ts'
import { messageOfExchange } from './message.ts'
import { nobodyAnswered } from './nobody-answered.ts'
import { openProbeContext } from './open-probe-context.ts'
import { lint, passiveChecks } from './passive.ts'
import { activeProbes, runProbes } from './probes.ts'

export interface Page {
  /** Stable name in reports: `balancer /page`. */
  readonly subject: string
  readonly url: URL
  /** The server is ours to put intrusive probes to. */
  readonly intrusive: boolean
  /** What the configuration expects of it. */
  readonly expect?: ExpectSection
}

export interface LookOptions {
  readonly client: WireClient
  readonly clock: Clock
  readonly seed: number
  readonly signal: AbortSignal
  /** Ask further questions, not only read the first answer. */
  readonly probes: boolean
  /** Ids of checks, probes or rules; all when empty. */
  readonly only: readonly string[]
}

/** Looks at one page: one plain GET, read by every passive check, then the probes. */
export async function* lookAtPage(page: Page, options: LookOptions): AsyncGenerator<StepReport> {
  const { client, clock, signal } = options
  const wanted = (one: Parameters<typeof isAsked>[0]): boolean => isAsked(one, options.only)
  const startedAt = clock.now()
  const start = clock.elapsed()
  const exchange = await client.send({ url: page.url.href, signal })
  const message = messageOfExchange(exchange)
  const passive = message === undefined ? [] : (await passiveChecks()).filter(wanted)
  const results = [
    ...[answer].filter(wanted).map((one) => runCheck(one, exchange)),
    ...(message === undefined ? [] : lint(message, passive)),
  ]
  const unsettled = nobodyAnswered(exchange) ?? results.find((result) => result.unsettled !== undefined)?.unsettled
  // A probe alone was asked for: the page was only read to get there.
  if (results.length > 0 || unsettled !== undefined) {
    yield {
      id: 'http/page',
      subject: page.subject,
      looked: results.map((result) => result.check),
      findings: results
        .flatMap((result) => locate(ofAsked(result, options.only), page))
        .map(({ check: _, ...rest }) => rest),
      startedAt,
      durationMs: Math.round(clock.elapsed() - start),
      ...(unsettled !== undefined && { unsettled }),
    }
  }
  if (message === undefined || exchange.trouble !== undefined) return
  if (!options.probes && page.expect === undefined) return
  await using context = await openProbeContext({ ...options, url: page.url, base: message })
  if (page.expect !== undefined) {
    // Loaded where it is wanted: a page without expectations need not wait for it.
    const { lookForExpectations } = await import('./expectations/look.ts')
    const asked = options.probes ? context.for('http/expect') : undefined
    const step = await lookForExpectations(page.expect, {
      subject: page.subject,
      page: message,
      context: asked,
      clock,
      wanted,
    })
    if (step !== undefined) yield step
  }
  if (!options.probes) return
  const probes = (await activeProbes()).filter(wanted)
  yield* await runProbes(probes, context, page)
}

function locate(result: CheckResult, page: Page): (LocatedFinding & { readonly check: string })[] {
  return result.findings.map((finding: Finding) => ({
    ...finding,
    subject: page.subject,
    replay: `seatrial http ${page.url.href} --only ${result.check}`,
    check: result.check,
  }))
}
