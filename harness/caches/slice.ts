import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { discover } from '../discover.ts'
import type { AnyRule, Check, RuleId } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { slice } from '../slice.ts'
import { isMutant } from '../stack/index.ts'
import { expectations } from './expectations.ts'
import type { CachesSection } from './section.ts'
import { cachesSection } from './section.ts'
import { stepsOf } from './steps.ts'
import { surveyTargets } from './survey-targets.ts'
import { topics } from './topics.ts'

// The package carries configurations compiled, so they are searched for with the ending of this very file.
const ending = extname(fileURLToPath(import.meta.url))

/** Caches: how each keeps RFC 9111, between a client and an origin that are ours. */
export const caches = slice<CachesSection>({
  id: 'caches',
  title: 'Caches under test',
  section: cachesSection,
  async checks() {
    const found = (await topics()).map(({ file, thing }) => ({ file, thing: anyCheck(thing) }))
    return [
      ...found,
      { file: fileURLToPath(new URL(`./expectations${ending}`, import.meta.url)), thing: anyCheck(expectations) },
    ]
  },
  mutants: () => discover(new URL('./mutants/', import.meta.url), isMutant),
  proving: { config: fileURLToPath(new URL(`../../fixtures/caches/seatrial.config${ending}`, import.meta.url)) },
  sectionFor: ({ part }) => cachesSection.parse({ targets: [{ cache: part, expect: `./${part}/expected.yaml` }] }),
  trial,
})

/** A check as the faces know it: its observation is its own affair. */
function anyCheck(one: { readonly id: RuleId }): Check<RuleId, never, readonly AnyRule[]> {
  // Examples make a check invariant in what it observes; nobody outside the slice gives it anything.
  return one as Check<RuleId, never, readonly AnyRule[]>
}

async function* trial(context: TrialContext<CachesSection>) {
  for await (const { target, surveyed, expected, startedAt, durationMs } of surveyTargets(context)) {
    yield* stepsOf(surveyed, { product: target.cache, expected, startedAt, durationMs })
  }
}
