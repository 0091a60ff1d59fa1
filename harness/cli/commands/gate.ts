import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { z } from 'zod'
import { writeBaseline } from '../../judge/index.ts'
import { exitCodes, shellWord, systemClock } from '../../kernel/index.ts'
import type { RunRecord } from '../../record/index.ts'
import { safeJson } from '../../report/escape.ts'
import { reportFormat } from '../../report/index.ts'
import type { Gated } from '../../security/index.ts'
import { gateReports, severities } from '../../security/index.ts'
import { startRecording } from '../../trial/recording.ts'
import type { CliCommand, Invocation } from '../command.ts'
import { headOf, policyOf } from '../http/gate-options.ts'
import { smallHeap } from '../http/small-heap.ts'
import { parseOptions } from '../parse-options.ts'
import { printRecord } from '../print-record.ts'

const path = 'seatrial gate'

const options = z.object({
  block: z.enum(severities).default('high'),
  accept: z.string().optional(),
  baseline: z.string().optional(),
  writeBaseline: z.string().optional(),
  maxAge: z.coerce.number().positive().optional(),
  format: z.string().default('text'),
  json: z.boolean().default(false),
})

type Given = z.infer<typeof options>

/** `seatrial gate`: reports of scanners, and whether what they say may ship. */
export const command: CliCommand = {
  name: 'gate',
  summary: 'Read the reports of scanners, whatever wrote them, and say whether this may ship.',
  configure: (program) =>
    program
      .argument('<files...>', 'reports: .nessus, nmap XML, SARIF, Trivy JSON, nuclei JSON lines, ...')
      .option(
        '--block <severity>',
        'findings of this severity and above fail: critical, high, medium, low or info',
        'high',
      )
      .option('--accept <file>', 'findings that may stay, each with a reason, an owner and an expiry date')
      .option('--baseline <file>', 'findings that were there before: only what is new fails')
      .option('--write-baseline <file>', 'keep what is found as the new baseline')
      .option('--max-age <days>', 'reports, and what their scanners know, may not be older')
      .option('-f, --format <name>', 'what to print: text, json (counts), junit, sarif, markdown, html, ...', 'text')
      .option('--json', 'print the counts of each file as data')
      .addHelpText('after', help),
  run: runGate,
}

const help = `
Formats are recognised by their content. A report that is cut off, that looked at nothing, that has a severity
nobody knows or that contradicts itself is "could not look", never good. What two scanners say of the same CVE on the
same host and port is one finding. Accept entries name a rule (security/cve-2021-44228, security/nessus-51192) and,
with a place such as "medium *", the severity up to which it holds.

Examples:
  seatrial gate scan.nessus
  seatrial gate trivy.json nmap.xml --block medium
  seatrial gate scan.nessus --accept seatrial.accept.yaml --max-age 7
  seatrial gate scan.nessus --write-baseline seatrial.security.json
  seatrial gate scan.nessus --baseline seatrial.security.json --format sarif

Exit codes: 0 when nothing blocks, 1 when something does, 2 when a report cannot be relied upon, 3 when the command
line or a file that it names is wrong.
`

async function runGate({ args, options: given, io }: Invocation): ReturnType<CliCommand['run']> {
  const parsed = parseOptions(path, options, given)
  const isCounts = parsed.json || parsed.format === 'json'
  const told = isCounts
    ? undefined
    : await reportFormat(parsed.format === 'markdown' ? 'github-summary' : parsed.format)
  const policy = await policyOf({ ...parsed, block: 'error', only: [], seed: 1 }, io.workingDirectory)
  const worked = smallHeap()
  const gated = await gateReports(args, {
    folder: io.workingDirectory,
    block: parsed.block,
    clock: systemClock,
    // Of what is read, a quarter at most lives until the next collection.
    worked: (bytes) => worked(bytes / 4),
    ...(parsed.maxAge !== undefined && { maxAgeDays: parsed.maxAge }),
  })
  const record = await recordOf(args, parsed, { gated, policy })
  if (parsed.writeBaseline !== undefined)
    await writeBaseline(resolve(io.workingDirectory, parsed.writeBaseline), record)
  if (told !== undefined) return printRecord(told, { record }, io)
  io.out(`${safeJson({ files: gated.files, verdict: record.verdict }, 2)}\n`)
  return exitCodes[record.verdict]
}

/** Judged today, and told as of the day of the newest report: the same files give the same text, byte for byte. */
async function recordOf(
  files: readonly string[],
  given: Given,
  { gated, policy }: { readonly gated: Gated; readonly policy: Awaited<ReturnType<typeof policyOf>> },
): Promise<RunRecord> {
  const line = [path, ...files.map(shellWord), '--block', given.block].join(' ')
  const asOf = new Date(gated.lookedAt ?? 0)
  const head = headOf(line, { block: 'error', format: 'text', only: [], seed: 1 }, policy, asOf)
  const id = `gate-${createHash('sha256').update(JSON.stringify(gated)).digest('hex').slice(0, 12)}`
  const recording = await startRecording({ ...head, id }, { secrets: [] })
  for (const step of gated.steps) recording.step(step)
  const today = new Date(systemClock.now()).toISOString()
  const cost = { wallMs: 0, cpuMs: 0, peakMemoryBytes: 0 }
  const record = await recording.finish({ state: 'complete', endedAt: today, cost })
  return { ...record, endedAt: asOf.toISOString() }
}
