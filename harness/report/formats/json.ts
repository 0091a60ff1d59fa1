import { safeJson } from '../escape.ts'
import type { ReportFormat } from '../format.ts'

/** The record itself. */
export const json: ReportFormat = {
  name: 'json',
  summary: 'the run record itself, for programs',
  file: 'run.json',
  render: (record) => `${safeJson(record, 2)}\n`,
}
