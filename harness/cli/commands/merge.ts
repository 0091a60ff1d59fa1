import { relative, resolve } from 'node:path'
import { z } from 'zod'
import { loadRun, mergeRecords } from '../../judge/index.ts'
import { exitCodes, UsageError } from '../../kernel/index.ts'
import { createRunFolder, writeRecord } from '../../record/index.ts'
import { renderReport } from '../../report/index.ts'
import type { CliCommand } from '../command.ts'
import { parseOptions } from '../parse-options.ts'

const mergeOptions = z.object({ reports: z.string().min(1).default('reports'), json: z.boolean().default(false) })

/** `seatrial merge`: the records of a run that was spread over machines, as one. */
export const command: CliCommand = {
  name: 'merge',
  summary: 'Join the records of a run that was spread over machines, and judge the whole.',
  configure: (program) =>
    program
      .argument('<runs...>', 'run.json files, or folders of runs')
      .option('--reports <folder>', 'where the folder of the joined run is made', 'reports')
      .option('--json', 'print the record that came of it')
      .addHelpText('after', help),
  async run({ args, options, io }) {
    const { reports, json } = parseOptions('seatrial merge', mergeOptions, options)
    const [first, ...others] = await Promise.all(args.map((path) => loadRun(resolve(io.workingDirectory, path))))
    if (first === undefined) {
      throw new UsageError({ path: 'seatrial merge', given: 'no run', wanted: 'run records to join' })
    }
    const record = mergeRecords([first, ...others])
    const folder = await createRunFolder(resolve(io.workingDirectory, reports), record.id)
    const path = relative(io.workingDirectory, await writeRecord(folder, record))
    io.out(await renderReport(json ? 'json' : 'text', record, { colour: io.colour && !json, columns: 100 }))
    io.err(`${args.length} runs joined in ${path}\n`)
    return exitCodes[record.verdict]
  },
}

const help = `
Shards of one run must all be there: a missing one is "could not look" (2), not a pass.

Examples:
  seatrial merge shard-1/run.json shard-2/run.json
  seatrial merge artifacts/* --reports reports

Exit codes: 0 passed, 1 failed, 2 could not look, 3 the records do not belong together.
`
