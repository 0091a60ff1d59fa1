import type { Clock, StepReport } from '../../../kernel/index.ts'
import { beginStep, ofAsked, runCheck, seenBy, unsettledBy } from '../../../kernel/index.ts'
import { cascade as check } from '../../checks/cascade.ts'
import type { CascadeOptions } from './drill.ts'
import { cascade } from './drill.ts'
import type { CascadeEntry } from './section.ts'

export interface LookAtCascade extends CascadeOptions {
  readonly replay: string
  /** Ids of checks or rules; all when empty. */
  readonly only: readonly string[]
  readonly clock: Pick<Clock, 'now' | 'elapsed'>
}

/** One step: healing on an ordinary day, and on the day on which no agent starts. */
export async function lookAtCascade(entry: CascadeEntry, options: LookAtCascade): Promise<StepReport> {
  const { replay, signal } = options
  const step = beginStep({ id: 'boot/cascade', subject: entry.name }, options.clock)
  try {
    const seen = await cascade(entry, options)
    const content = `${JSON.stringify(seen, undefined, 2)}\n`
    return step({
      attachments: [{ name: 'cascade.json', contentType: 'application/json', content }],
      ...seenBy([ofAsked(runCheck(check, seen), options.only)], { subject: entry.name, replay }),
    })
  } catch (error) {
    signal.throwIfAborted()
    return step({ unsettled: unsettledBy(error) })
  }
}
