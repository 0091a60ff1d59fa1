import type { DateClass } from './moments.ts'

/** What came of a command on one date of a sweep. */
export interface DatedRun {
  readonly dateClass: DateClass
  /** Seconds since 1970 UTC. */
  readonly at: number
  /** As the zone's clock showed it. */
  readonly shown: string
  readonly end: 'exit' | 'ready' | 'hung'
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly lastedMs: number
  /** A turn came while it ran, which it was to run before: a failure says nothing. */
  readonly overtaken: boolean
  /** Certificate whose end it is. */
  readonly certificate?: string
  /** What must be in its output and is not; undefined when nothing is asked, or it is there. */
  readonly unprinted?: string
  /** Its answer and those that would be right; left out where none is asked for. */
  readonly answer?: { readonly given: string | undefined; readonly right: readonly string[] }
  /** After the end of a certificate it must refuse. */
  readonly mustFail: boolean
}

/** A sweep, as plain data: the check `boot/dates` judges it. */
export interface DatesSeen {
  /** On ordinary days. All of them succeeded. */
  readonly controls: readonly DatedRun[]
  readonly runs: readonly DatedRun[]
}

/** Whether a command did what it is there for, as far as its exit tells. */
export function succeeded({ end, exitCode }: Pick<DatedRun, 'end' | 'exitCode'>): boolean {
  return end === 'ready' || (end === 'exit' && exitCode === 0)
}
