import { discover } from '../discover.ts'
import { isCheck } from '../kernel/index.ts'
import { slice } from '../slice.ts'
import type { RecoverySection } from './section.ts'
import { recoverySection } from './section.ts'
import { trial } from './trial.ts'

/** Recovery: a backup counts when it has been restored, and what came back was compared. */
export const recovery = slice<RecoverySection>({
  id: 'recovery',
  title: 'Recovery drills',
  section: recoverySection,
  checks: () => discover(new URL('./checks/', import.meta.url), isCheck),
  // Its mutants are procedures with a line left out, which no configuration of the reference deployment has.
  mutants: async () => [],
  trial,
})
