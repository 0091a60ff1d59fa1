import type { ZodType } from 'zod'
import type { Discovered } from './discover.ts'
import type { AnyRule, Check, Clock, RuleId, StepReport, Things } from './kernel/index.ts'
import type { Change, Mutant, StartedStack } from './stack/index.ts'
import type { RunScope } from './substrate/index.ts'

/** What a trial hands to a slice: its section of the plan and the started stack. */
export interface TrialContext<Section> {
  readonly section: Section
  readonly stack: StartedStack
  /** The run that everything belongs to which a slice starts for itself. */
  readonly run: RunScope
  /** Folder of the configuration: where paths in the section begin. */
  readonly baseFolder: string
  readonly clock: Clock
  /** Everything random is drawn from this, so that a run can be repeated. */
  readonly seed: number
  readonly signal: AbortSignal
  /** @throws UsageError for an address that the plan does not allow */
  readonly allow: (url: URL) => void
  /** Ids of checks, probes or rules to look at; all when empty. */
  readonly only: readonly string[]
  /** The command line that looks, which shows again what it found; `seatrial run` unless said. */
  readonly command?: string
  /** One line for the reader of a terminal, while long work goes on. */
  readonly progress: (line: string) => void
}

/** A look at one thing under test, with a change made in it. */
export interface Try extends Pick<Mutant, 'part'> {
  /** None: as it is. */
  readonly change?: Change
  /** Ids of checks or rules to look at. */
  readonly only: readonly string[]
}

export interface SliceDefinition<Section> {
  /** Folder name, and key of its section in the configuration unless `key` is said. */
  readonly id: string
  readonly key?: string
  readonly title: string
  readonly section: ZodType<Section>
  /** Every check and probe, in order of file name; loaded when asked for, to keep starts quick. */
  readonly checks: () => Promise<readonly Discovered<Check<RuleId, never, readonly AnyRule[]>>[]>
  readonly mutants: () => Promise<readonly Discovered<Mutant>[]>
  /** Configuration whose deployment the mutants are made in; the reference deployment's unless said. */
  readonly proving?: { readonly config: string }
  /** Things that a section declares, and what they need: names that a configuration may use in `depends`. */
  readonly things?: (section: Section) => Things
  /** The section that looks where a mutant of the stack must be noticed, and nowhere else. */
  readonly sectionFor?: (mutant: Mutant) => Section
  /**
   * For a slice that starts by itself what it looks at: looks at it with each change made, side by side where it can, and
   * gives the steps of each try in their order. The section is that of the configuration for proving.
   */
  readonly tryChanges?: (context: TrialContext<Section>, tries: readonly Try[]) => AsyncIterable<readonly StepReport[]>
  /** Looks at the stack, one step at a time. A step that cannot look says so in its report and the trial goes on. */
  readonly trial: (context: TrialContext<Section>) => AsyncIterable<StepReport>
}

/** A practice: one folder beside this file, known to the faces only through this shape. */
export interface Slice extends Omit<SliceDefinition<unknown>, 'trial' | 'things' | 'tryChanges'> {
  readonly things?: (section: unknown) => Things
  readonly trial: (context: TrialContext<unknown>) => AsyncIterable<StepReport>
  readonly tryChanges?: (context: TrialContext<unknown>, tries: readonly Try[]) => AsyncIterable<readonly StepReport[]>
}

/** The key of a slice's section in the configuration. */
export function sectionKey({ id, key = id }: Pick<Slice, 'id' | 'key'>): string {
  return key
}

/** Closes a slice over the type of its section, which is parsed again on the way in. */
export function slice<Section>(definition: SliceDefinition<Section>): Slice {
  const { things, tryChanges, ...rest } = definition
  const parsed = (context: TrialContext<unknown>): TrialContext<Section> => ({
    ...context,
    section: definition.section.parse(context.section),
  })
  return {
    ...rest,
    ...(tryChanges !== undefined && { tryChanges: (context, tries) => tryChanges(parsed(context), tries) }),
    ...(things !== undefined && { things: (section: unknown) => things(definition.section.parse(section)) }),
    trial: (context) => definition.trial(parsed(context)),
  }
}
