import { createAllowList, isLoopback } from '../../config/allow.ts'
import type { Page } from '../../http/look-at-page.ts'
import { lookAtPage } from '../../http/look-at-page.ts'
import type { ExitCode } from '../../kernel/index.ts'
import { exitCodes, systemClock, UsageError } from '../../kernel/index.ts'
import { startCostMeter } from '../../record/index.ts'
import { reportFormat } from '../../report/index.ts'
import { startRecording } from '../../trial/recording.ts'
import { createClient } from '../../wire/index.ts'
import type { Io } from '../command.ts'
import type { CommonOptions } from './gate-options.ts'
import { headOf, policyOf } from './gate-options.ts'

export interface LookAtUrls extends CommonOptions {
  readonly probes: boolean
  readonly intrusive: boolean
  /** Seconds. */
  readonly deadline: number
}

/**
 * Looks at the pages of these addresses and tells what was seen.
 *
 * @throws UsageError for an address that is none, a format or a check that there is not
 */
export async function lookAtUrls(addresses: readonly string[], options: LookAtUrls, io: Io): Promise<ExitCode> {
  const { only, probes, seed } = options
  const pages = addresses.map((address) => pageOf(address, options.intrusive))
  // Before anything is asked of a server: what nobody could read, or look with, is not worth waiting for.
  const told = await reportFormat(options.format)
  if (only.length > 0) await demandHttpChecks(only)
  const clock = systemClock
  const meter = startCostMeter(clock)
  const startedAt = new Date(clock.now())
  const head = headOf(
    `seatrial http ${addresses.join(' ')}`,
    options,
    await policyOf(options, io.workingDirectory),
    startedAt,
  )
  const recording = await startRecording(head, { secrets: [] })
  await using client = createClient({
    deadlineMs: options.deadline * 1000,
    clock,
    allow: createAllowList({ hosts: pages.map(({ url }) => url.hostname), origins: [] }),
  })
  recording.parts(pages.map(({ url }) => ({ name: url.host, kind: 'url' as const, description: url.origin })))
  const looking = { client, clock, seed, signal: io.signal, probes, only }
  try {
    for (const page of pages) {
      for await (const step of lookAtPage(page, looking)) recording.step(step)
    }
  } catch (error) {
    // Ended from outside: what was seen until then is told.
    if (!io.signal.aborted) throw error
  }
  const record = await recording.finish({
    state: io.signal.aborted ? 'interrupted' : 'complete',
    endedAt: new Date(clock.now()).toISOString(),
    cost: meter.read(),
  })
  io.out(told.render(record, { colour: io.colour, columns: process.stdout.columns ?? 100 }))
  return exitCodes[record.verdict]
}

// Apart, because the slice knows the stack, which takes long to load and is not wanted here otherwise.
async function demandHttpChecks(only: readonly string[]): Promise<void> {
  const [{ demandChecks }, { http }] = await Promise.all([import('../only.ts'), import('../../http/slice.ts')])
  await demandChecks('seatrial http', only, [http])
}

function pageOf(given: string, intrusive: boolean): Page {
  const url = URL.parse(given)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError({
      path: 'seatrial http <url>',
      given: JSON.stringify(given),
      wanted: 'an http:// or https:// address',
      ...(/^[\w.-]+(:\d+)?(\/|$)/.test(given) && { mend: `Did you mean http://${given} ?` }),
    })
  }
  url.hash = ''
  return { subject: url.href, url, intrusive: intrusive || isLoopback(url) }
}
