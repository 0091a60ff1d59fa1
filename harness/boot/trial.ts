import { resolve } from 'node:path'
import type { StepReport } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { lookAtFiles } from './look-at-files.ts'
import { openRoot } from './root/open.ts'
import type { BootSection } from './section.ts'

/** Looks at the files of each host of the section: each is a step. */
export async function* trial(context: TrialContext<BootSection>): AsyncGenerator<StepReport> {
  const { section, baseFolder, only, clock } = context
  for (const { name, path, declared } of section.files) {
    context.progress(`${name}: its files`)
    const replay = `seatrial boot check ${path}`
    yield await lookAtFiles(() => openRoot(resolve(baseFolder, path)), { name, declared, only, replay, clock })
  }
}
