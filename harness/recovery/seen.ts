import type { Difference } from './manifest/compare.ts'

/** What a script said of itself when it was called once. */
export interface Attempt {
  readonly verb: string
  /** `done`: exit code 0. `hung`: ended from outside at its deadline. `interrupted`: ended by the drill, on purpose. */
  readonly said: 'done' | 'failed' | 'hung' | 'interrupted'
  readonly exitCode: number
  readonly durationMs: number
  /** The end of what it wrote, standard output and then standard error. */
  readonly output: string
}

/** What was seen in a drill, as plain data: the checks judge it. */
export interface Seen {
  readonly drill: string
  readonly procedure: string
  /**
   * What the circumstance leaves possible: all comes back, or at least nobody is told that it did. `refusal`: a change
   * that cannot be made is told, and leaves everything as it was.
   */
  readonly possible: 'recovery' | 'report' | 'refusal'
  readonly attempts: readonly Attempt[]
  /** Of what came back from what was there; undefined when nothing was brought back that could be compared. */
  readonly differences: readonly Difference[] | undefined
  /** Verb during which the trouble is there: it must tell, because whoever comes later cannot mend it. */
  readonly strikes?: string
  /** Keys that must come back all the same when only a report is possible of the others. */
  readonly saved?: readonly string[]
  /** Facts that the procedure is known not to keep. */
  readonly forgets?: readonly string[]
  /** Entries of the manifest: how much there was to lose. */
  readonly entries: number
  /** Milliseconds from the loss until it was back; undefined when it never was. */
  readonly recoveryMs: number | undefined
  /** Milliseconds that the drill gives it where the configuration says none. */
  readonly objectiveMs?: number | undefined
  /** Bytes of the disks that a restore has, and of what comes back; left out where disks are not what is tried. */
  readonly room?: { readonly temporaryBytes: number; readonly targetBytes: number; readonly neededBytes: number }
  /** What clients were answered all the while; left out where nothing serves. */
  readonly service?: ServiceSeen
  /** What was asked of a database and what it came back with; left out where none is tried. */
  readonly database?: DatabaseSeen
  /** More that the drill saw, in sentences that a check makes findings of. */
  readonly witnessed: readonly Witnessed[]
}

/** What clients were answered who asked again and again. */
export interface ServiceSeen {
  readonly asked: number
  /** Answers that announced a maintenance: 503 with `Retry-After`. */
  readonly announced: number
  /** Every other answer than a good one, and none at all. */
  readonly errors: number
  readonly firstError: string | undefined
  /** Milliseconds of the longest stretch without a good answer; undefined when it had not ended. */
  readonly outageMs: number | undefined
}

/** A database's drill: writers number their orders from 1, so that a state is the number of its last order. */
export interface DatabaseSeen {
  /** As it was at the last backup or later, or as it was at a moment. */
  readonly asked: 'backup' | 'moment'
  /** Every order up to this one must be there. */
  readonly required: number
  /** The last order of which anything is there. */
  readonly found: number
  /** What was done to the backup where it lay. */
  readonly spoiled?: 'cut-off' | 'byte-changed' | 'log-missing'
  /** What was ended in the middle of a backup: the whole script, or only the program that copies. */
  readonly ended?: 'script' | 'tool'
}

/** What a drill saw that the comparison does not tell. */
export type Witnessed =
  | { readonly kind: 'readable'; readonly where: string }
  | { readonly kind: 'left-behind'; readonly what: string }
  | { readonly kind: 'not-repeatable'; readonly what: string }
  /** Killed before the step and run again, it did not end as it should. */
  | { readonly kind: 'not-resumed'; readonly step: string; readonly what: string }
  /** Something was done before it was known that nothing can be done, or that nothing is to do. */
  | { readonly kind: 'touched'; readonly what: string }
