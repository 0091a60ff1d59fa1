import type { Told } from './told.ts'

/** A report that can be read from its beginning, more than once. */
export interface Source {
  /** The first kilobytes, decoded. */
  readonly start: string
  /** The whole text. @throws BrokenReport for bytes that its encoding does not have */
  readonly text: () => AsyncIterable<string>
}

/** A way to read reports of one format: one file in `readers/`, found by its folder. */
export interface ReportReader {
  readonly id: string
  /** What people call the format. */
  readonly title: string
  /** What people call its scanner. */
  readonly scanner: string
  /** Where its scanner is documented. */
  readonly home: string
  /** Whether a file that begins like this has this format. No two readers take the same file. */
  readonly takes: (start: string) => boolean
  /**
   * Reads with bounded memory, whatever the file holds; the head comes last.
   *
   * @throws BrokenReport where it stops being readable
   */
  readonly read: (source: Source) => AsyncIterable<Told>
}

export function isReportReader(value: unknown): value is ReportReader {
  return typeof value === 'object' && value !== null && 'takes' in value && 'home' in value && 'read' in value
}
