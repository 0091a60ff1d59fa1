import type { RunRecord } from '../record/schema.ts'

export interface RenderOptions {
  /** ANSI colours are wanted. Only formats for a terminal look at it. */
  readonly colour: boolean
  /** Width of the terminal. Only formats for a terminal look at it. */
  readonly columns: number
  /** Where the run's files lie, as people would type it; told at the end when given. */
  readonly folder?: string
}

/** One way to tell a run: a file in `formats/`, found by its name. */
export interface ReportFormat {
  /** What people type: `--format junit`. */
  readonly name: string
  /** One line for the list of formats. */
  readonly summary: string
  /** Name of its file in the run's folder; undefined for what belongs on a console. */
  readonly file: string | undefined
  /** The whole report. Pure: the same record and options give the same text. */
  readonly render: (record: RunRecord, options: RenderOptions) => string
}

export function isReportFormat(value: unknown): value is ReportFormat {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'summary' in value &&
    'file' in value &&
    'render' in value &&
    typeof value.render === 'function'
  )
}
