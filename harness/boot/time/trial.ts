import type { StepReport } from '../../kernel/index.ts'
import { isAsked } from '../../kernel/index.ts'
import type { TrialContext } from '../../slice.ts'
import { cascade } from '../checks/cascade.ts'
import { dates } from '../checks/dates.ts'
import { lookAtCascade } from './cascade/look-at-cascade.ts'
import type { CascadeEntry } from './cascade/section.ts'
import { lookAtDates } from './look-at-dates.ts'
import type { DatesEntry } from './section.ts'

/** The part of the section that is about time. */
export interface TimeSection {
  readonly dates: readonly DatesEntry[]
  readonly cascades: readonly CascadeEntry[]
}

/** What starts under other dates, and healing that must stop: each is a step. */
export async function* timeTrial(context: TrialContext<TimeSection>): AsyncGenerator<StepReport> {
  const { section, baseFolder, run, clock, seed, signal, progress, only } = context
  const common = { baseFolder, clock, signal, progress, only }
  for (const [index, entry] of section.dates.entries()) {
    if (!isAsked(dates, only)) break
    progress(`${entry.name}: under a sweep of dates`)
    const replay = 'seatrial run --only boot/dates'
    yield await lookAtDates(entry, { path: `boot.dates[${index}]`, run, replay, ...common })
  }
  for (const entry of section.cascades) {
    if (!isAsked(cascade, only)) break
    progress(`${entry.name}: heals while agents fail`)
    yield await lookAtCascade(entry, { seed, replay: 'seatrial run --only boot/cascade', ...common })
  }
}
