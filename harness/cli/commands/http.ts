import { z } from 'zod'
import { createAllowList, isLoopback } from '../../config/index.ts'
import type { Page } from '../../http/look-at-page.ts'
import { lookAtPage } from '../../http/look-at-page.ts'
import { http } from '../../http/slice.ts'
import { loadAcceptFile, readBaseline } from '../../judge/index.ts'
import type { ExitCode } from '../../kernel/index.ts'
import { exitCodes, systemClock, UsageError } from '../../kernel/index.ts'
import { machineFacts, newRunId, startCostMeter } from '../../record/index.ts'
import { reportFormat } from '../../report/index.ts'
import { startRecording } from '../../trial/recording.ts'
import { version } from '../../version.ts'
import { createClient } from '../../wire/index.ts'
import type { CliCommand, Invocation } from '../command.ts'
import { demandChecks, idList } from '../only.ts'
import { parseOptions } from '../parse-options.ts'

const options = z.object({
  format: z.string().default('text'),
  only: idList,
  probes: z.boolean().default(true),
  intrusive: z.boolean().default(false),
  deadline: z.coerce.number({ error: 'wanted seconds' }).positive().max(600).default(10),
  block: z.enum(['error', 'warning', 'info']).default('error'),
  accept: z.string().optional(),
  baseline: z.string().optional(),
  seed: z.coerce.number().int().default(1),
})

/** `seatrial http URL`: one practice alone, without a configuration or an engine. */
export const command: CliCommand = {
  name: 'http',
  summary: 'Judge how URLs use HTTP: read their answers, and ask further questions of them.',
  configure: (program) =>
    program
      .argument('<url...>', 'http:// or https:// addresses; only these hosts are asked')
      .option(
        '-f, --format <name>',
        'text, json, jsonl, sarif, junit, html, ... (see `seatrial report --help`)',
        'text',
      )
      .option('--only <ids>', 'look only at these checks, probes or rules, separated by commas')
      .option('--no-probes', 'read one plain answer and ask nothing more')
      .option('--intrusive', 'beyond loopback too, send what could disturb others who share the server')
      .option('--deadline <seconds>', 'longest exchange', '10')
      .option('--block <level>', 'gravest level that may not be there: error, warning or info', 'error')
      .option('--accept <file>', 'accept-list: findings that may stay, each with a reason, an owner and an expiry date')
      .option('--baseline <file>', 'findings that were there before (see `seatrial judge --write-baseline`)')
      .option('--seed <number>', 'what random ranges and names are drawn from', '1')
      .addHelpText('after', help),
  run: runHttp,
}

const help = `
Examples:
  seatrial http http://127.0.0.1:8080/
  seatrial http https://127.0.0.1:8443/page --only http/range-satisfiable
  seatrial http http://127.0.0.1:8080/ --format sarif > http.sarif
  seatrial http http://127.0.0.1:8080/ --block warning --accept seatrial.accept.yaml

Exit codes: 0 passed, 1 failed, 2 could not look, 3 the command line is wrong.
`

async function runHttp({ args, options: given, io }: Invocation): Promise<ExitCode> {
  const { format, only, probes, intrusive, deadline, block, accept, baseline, seed } = parseOptions(
    'seatrial http',
    options,
    given,
  )
  const pages = args.map((address) => pageOf(address, intrusive))
  // Before anything is asked of a server: what nobody could read, or look with, is not worth waiting for.
  const told = await reportFormat(format)
  await demandChecks('seatrial http', only, [http])
  const clock = systemClock
  const meter = startCostMeter(clock)
  const startedAt = new Date(clock.now())
  const recording = await startRecording(
    {
      version: 1,
      id: newRunId(startedAt),
      seatrial: version,
      command: `seatrial http ${args.join(' ')}`,
      profile: 'none',
      seed,
      startedAt: startedAt.toISOString(),
      machine: machineFacts(null),
      gate: {
        block,
        budgets: {},
        allow: [],
        accept: accept === undefined ? [] : [...(await loadAcceptFile(accept))],
        baseline: baseline === undefined ? [] : [...(await readBaseline(baseline))],
      },
    },
    { secrets: [] },
  )
  await using client = createClient({
    deadlineMs: deadline * 1000,
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
