import type { UnsettledKind } from './outcome.ts'

export interface SeatrialErrorOptions extends ErrorOptions {
  /** What the reader should do, as one sentence or one command. */
  readonly mend: string
  /** What a step that met this error becomes. */
  readonly because?: UnsettledKind
}

/** Codes are stable: scripts may match on them. `SEATRIAL_` and the thing that is wrong. */
export type ErrorCode = `SEATRIAL_${Uppercase<string>}`

/** An error of ours: it has a stable code and says how to mend what it complains of. */
export class SeatrialError extends Error {
  override readonly name: string = 'SeatrialError'
  readonly code: ErrorCode
  readonly mend: string
  readonly because: UnsettledKind

  constructor(code: ErrorCode, message: string, { mend, because, ...options }: SeatrialErrorOptions) {
    super(message, options)
    this.code = code
    this.mend = mend
    this.because = because ?? 'harness'
  }
}

/** The configuration or the command line is wrong; commands that meet it exit with 3. */
export class UsageError extends SeatrialError {
  override readonly name = 'UsageError'
  /** Where in the input, such as `stack.web.port` or `--format`. */
  readonly path: string
  readonly given: string
  readonly wanted: string

  constructor(input: { path: string; given: string; wanted: string; mend?: string; cause?: unknown }) {
    super('SEATRIAL_USAGE', `${input.path}: given ${input.given}, wanted ${input.wanted}`, {
      mend: input.mend ?? `Give ${input.wanted}.`,
      cause: input.cause,
    })
    this.path = input.path
    this.given = input.given
    this.wanted = input.wanted
  }
}

export function isSeatrialError(error: unknown): error is SeatrialError {
  return error instanceof SeatrialError
}

/** Whether it says that the configuration or the command line is wrong, in one place or in several. */
export function isUsageError(error: unknown): boolean {
  if (!(error instanceof AggregateError)) return error instanceof UsageError
  return error.errors.length > 0 && error.errors.every((each) => each instanceof UsageError)
}

/** The message of whatever was thrown, with the causes behind it, on one line. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.map(messageOf).join('; ')
  }
  if (!(error instanceof Error)) return String(error)
  const own = error.message === '' ? error.name : error.message
  return error.cause === undefined ? own : `${own} (${messageOf(error.cause)})`
}
