import type { Finding } from './finding.ts'
import type { RuleId } from './rule.ts'
import type { Things } from './things.ts'
import type { Timeline } from './timeline.ts'
import type { Unsettled } from './outcome.ts'

/** A finding with where it was made and the command that makes it again. */
export interface LocatedFinding extends Finding {
  /** Stable name of what was looked at, without ports or times: `balancer /page`. */
  readonly subject: string
  /** A command line that shows it again. */
  readonly replay: string
}

/** Something worth keeping beside a step: a log, a capture, an observation. */
export interface Attachment {
  readonly name: string
  readonly contentType: string
  readonly content: string
}

/** What a slice says of one step, before the gate has judged it. */
export interface StepReport {
  readonly id: RuleId
  readonly subject: string
  /** Ids of the checks that looked. None: the step asserts nothing, which the gate does not take for good. */
  readonly looked: readonly RuleId[]
  readonly findings: readonly LocatedFinding[]
  readonly unsettled?: Unsettled
  readonly skipped?: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly durationMs: number
  readonly attachments?: readonly Attachment[]
  /** Where the order of what happened tells more than that it happened. */
  readonly timeline?: Timeline
  /** What it knows of the things that it looked at and of what they need, so that causes can be told from consequences. */
  readonly things?: Things
}
