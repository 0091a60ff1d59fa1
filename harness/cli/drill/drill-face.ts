import type { RunRecord } from '../../record/index.ts'
import type { Slice } from '../../slice.ts'
import type { DrillOptions } from './options.ts'

/** One row of `seatrial drill list`. */
export interface Listed {
  readonly id: string
  /** What it runs on: engines of databases, kinds of things that are recovered. */
  readonly on: readonly string[]
  readonly title: string
  /** More that is told with `--json`. */
  readonly data?: Readonly<Record<string, unknown>>
}

/** What the command line knows of the drills of one practice. */
export interface DrillFace {
  readonly slice: Slice
  readonly drills: () => Promise<readonly Listed[]>
  readonly procedures: () => Promise<readonly Listed[]>
  readonly buildings: () => Promise<readonly Listed[]>
  /** Whether a name is that of a procedure, or of a mutant of one, as replay lines have it. */
  readonly hasProcedure: (name: string) => Promise<boolean>
  /** Options that mean nothing here. */
  readonly strangers: readonly (keyof DrillOptions)[]
  /**
   * What was asked for, as a section of the configuration.
   *
   * @param folder where paths begin
   * @throws UsageError for what cannot be run, before anything is started
   */
  readonly section: (names: readonly string[], options: DrillOptions, folder: string) => Promise<unknown>
  /** One line of JSON a drill. */
  readonly lines: (record: RunRecord) => string
}
