import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { discover } from '../discover.ts'
import { slice } from '../slice.ts'
import { isMutant } from '../stack/index.ts'
import type { LoadbalancingSection } from './section.ts'
import { loadbalancingSection } from './section.ts'
import { allChecks, trial } from './trial.ts'
import { tryChanges } from './try-changes.ts'

// The package carries configurations compiled, so they are searched for with the ending of this very file.
const ending = extname(fileURLToPath(import.meta.url))

/** Load balancing: what the balancer in front really does with visitors, good servers and bad ones. */
export const loadbalancing = slice<LoadbalancingSection>({
  id: 'loadbalancing',
  title: 'Load balancing',
  section: loadbalancingSection,
  checks: allChecks,
  mutants: () => discover(new URL('./mutants/', import.meta.url), isMutant),
  proving: { config: fileURLToPath(new URL(`../../fixtures/loadbalancing/seatrial.config${ending}`, import.meta.url)) },
  tryChanges,
  trial,
})
