import { join, relative } from 'node:path'
import type { ExitCode } from '../kernel/index.ts'
import { exitCodes } from '../kernel/index.ts'
import type { ReportFormat } from '../report/index.ts'
import type { TrialResult } from '../trial/index.ts'
import type { Io } from './command.ts'

/** Prints what a trial ended in, in the format that was asked for, and gives the exit code of its verdict. */
export function printRecord(told: Pick<ReportFormat, 'render'>, { record, folder }: TrialResult, io: Io): ExitCode {
  const shown = relative(io.workingDirectory, folder)
  io.out(
    told.render(record, {
      colour: io.colour,
      columns: process.stdout.columns ?? 100,
      folder: shown.startsWith('..') ? folder : join('.', shown),
    }),
  )
  return exitCodes[record.verdict]
}
