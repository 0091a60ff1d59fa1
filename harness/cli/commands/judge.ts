import { relative, resolve } from 'node:path'
import { z } from 'zod'
import { judgeAgain, loadAcceptFile, loadRun, readBaseline, writeBaseline } from '../../judge/index.ts'
import { exitCodes, unsettledKinds } from '../../kernel/index.ts'
import type { GatePolicy } from '../../record/index.ts'
import { renderReport } from '../../report/index.ts'
import type { CliCommand } from '../command.ts'
import { parseOptions } from '../parse-options.ts'

const judgeOptions = z.object({
  block: z.enum(['error', 'warning', 'info']).optional(),
  allow: z.array(z.enum(unsettledKinds)).optional(),
  accept: z.string().min(1).optional(),
  baseline: z.string().min(1).optional(),
  writeBaseline: z.string().min(1).optional(),
  json: z.boolean().default(false),
})

/** `seatrial judge`: a stored run under another policy, or under its own on another day. */
export const command: CliCommand = {
  name: 'judge',
  summary: 'Judge a stored run again, today, under its own policy or another.',
  configure: (program) =>
    program
      .argument('<run>', 'run.json, or the folder of a run')
      .option('--block <level>', 'gravest level that may not be there: error, warning or info')
      .option('--allow <kind...>', 'kinds of "could not look" that only warn')
      .option('--accept <file>', 'accept-list: findings that may stay, each with a reason, an owner and an expiry date')
      .option('--baseline <file>', 'findings that were there before')
      .option('--write-baseline <file>', 'keep what this run found as the new baseline')
      .option('--json', 'print the record that came of it')
      .addHelpText('after', help),
  async run({ args, options, io }) {
    const given = parseOptions('seatrial judge', judgeOptions, options)
    const here = (path: string): string => resolve(io.workingDirectory, path)
    const path = here(args[0] ?? '.')
    const stored = await loadRun(path)
    const policy: GatePolicy = {
      ...stored.gate,
      ...(given.block !== undefined && { block: given.block }),
      ...(given.allow !== undefined && { allow: given.allow }),
      ...(given.accept !== undefined && { accept: [...(await loadAcceptFile(here(given.accept), given.accept))] }),
      ...(given.baseline !== undefined && {
        baseline: [...(await readBaseline(here(given.baseline), given.baseline))],
      }),
    }
    const record = judgeAgain(stored, policy, new Date())
    if (given.writeBaseline !== undefined) await writeBaseline(here(given.writeBaseline), record)
    const folder = relative(io.workingDirectory, path)
    const rendering = { colour: io.colour && !given.json, columns: 100, ...(folder !== '' && { folder }) }
    io.out(await renderReport(given.json ? 'json' : 'text', record, rendering))
    return exitCodes[record.verdict]
  },
}

const help = `
The stored run stays as it is. An accept entry counts until its last day, so a run that passed
may fail when it is judged later.

Examples:
  seatrial judge reports/2026-11-21T09-48-23Z-a1b2
  seatrial judge run.json --block warning --accept seatrial.accept.yaml
  seatrial judge run.json --write-baseline seatrial.baseline.json
  seatrial judge run.json --baseline seatrial.baseline.json --json

Exit codes: 0 passed, 1 failed, 2 could not look, 3 the command line or a file is wrong.
`
