import type { Trouble } from './told.ts'

/** Where a report stops being what it should be. Whoever reads a file makes a {@link Trouble} of it. */
export class BrokenReport extends Error {
  override readonly name = 'BrokenReport'
  readonly trouble: Trouble

  constructor(kind: Trouble['kind'], why: string, line?: number) {
    super(why)
    this.trouble = { is: 'trouble', kind, why, ...(line !== undefined && { at: `line ${line}` }) }
  }
}
