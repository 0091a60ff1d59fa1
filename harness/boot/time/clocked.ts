import type { ExecResult } from '../../substrate/index.ts'

/** The date that a command is given. */
export interface UnderDate {
  /** Seconds since 1970 UTC at which its clock begins; it goes on from there. */
  readonly at: number
  /** Time zone that it finds itself in, such as Europe/Berlin. */
  readonly zone: string
  /** Milliseconds until it counts as hanging, and is ended with all that it started. */
  readonly limitMs: number
  /** A line for sh, of a command that stays: it is asked again and again under the same date until it ends with 0. */
  readonly ready?: string | undefined
}

/** What shows that the date took hold. */
export interface DateEvidence {
  /** Seconds since 1970 that a program beside the command read when it began, and after it had ended. */
  readonly began: number
  readonly ended: number
  /** Seconds east of Greenwich that it read. */
  readonly offset: number
  /** Programs of the command's tree that saw the real date all the same. */
  readonly untouched: readonly string[]
}

/** What came of a command under a date. */
export interface DatedResult extends ExecResult {
  /** `ready`: it stayed, and its ready command ended with 0. `hung`: neither, within its time. */
  readonly end: 'exit' | 'ready' | 'hung'
  readonly lastedMs: number
  readonly evidence: DateEvidence
}

/** Runs commands under dates: a container by a library that is preloaded, a machine by its own clock. */
export interface Clocked {
  readonly lane: 'container' | 'machine'
  /** Seconds that may lie between the date that was asked for and the one that the command begins under. */
  readonly slackSeconds: number
  /** Programs that the command names and this lane can give no date, by a look at their files. */
  readonly unreachable: (command: readonly [string, ...string[]]) => Promise<readonly string[]>
  /** @throws SeatrialError when the lane cannot run it at all: whatever the command would have done */
  readonly run: (command: readonly [string, ...string[]], under: UnderDate) => Promise<DatedResult>
}
