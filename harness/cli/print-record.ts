import { join, relative } from 'node:path'
import type { ExitCode } from '../kernel/index.ts'
import { exitCodes } from '../kernel/index.ts'
import type { ReportFormat } from '../report/index.ts'
import type { RunRecord } from '../record/index.ts'
import type { Io } from './command.ts'

/** Prints a record, with the folder of its reports where it has one, in the format that was asked for, and gives the exit code of its verdict. */
export function printRecord(
  told: Pick<ReportFormat, 'render'>,
  { record, folder }: { readonly record: RunRecord; readonly folder?: string },
  io: Io,
): ExitCode {
  const shown = folder === undefined ? undefined : relative(io.workingDirectory, folder)
  io.out(
    told.render(record, {
      colour: io.colour,
      columns: process.stdout.columns ?? 100,
      ...(shown !== undefined && { folder: shown.startsWith('..') ? folder : join('.', shown) }),
    }),
  )
  return exitCodes[record.verdict]
}
