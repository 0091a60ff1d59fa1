import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AnyRule, Check, RuleId } from '../kernel/index.ts'
import { slice } from '../slice.ts'
import { outcome } from './outcome.ts'
import type { ProvisioningSection } from './section.ts'
import { provisioningSection } from './section.ts'

/**
 * Scripts that talk to a cloud, tried against a mocked one: what becomes of each when the cloud has a bad day.
 *
 *     job --process--> endpoint of its own, with a fault     tryJob: exit code, what it made
 *                          |                                     |
 *                          \--- second look: promises -----------/--> outcome: survived, loud, lied, hung
 */
export const provisioning = slice<ProvisioningSection>({
  id: 'provisioning',
  title: 'Provisioning jobs under faults of the cloud',
  section: provisioningSection,
  async checks() {
    const ending = extname(fileURLToPath(import.meta.url))
    // Examples make a check invariant in what it observes; nobody outside the slice gives it anything.
    const thing = outcome as unknown as Check<RuleId, never, readonly AnyRule[]>
    return [{ file: fileURLToPath(new URL(`./outcome${ending}`, import.meta.url)), thing }]
  },
  // There is no deployment to change. What must be noticed are careless jobs: fixtures/jobs/careless.config.ts.
  mutants: async () => [],
  async *trial(context) {
    const { tryJobs } = await import('./trial.ts')
    yield* tryJobs(context)
  },
})
