import { discover } from '../discover.ts'
import { isCheck } from '../kernel/index.ts'
import { slice } from '../slice.ts'
import type { BootSection } from './section.ts'
import { bootSection } from './section.ts'
import { thingsIn } from './things.ts'
import { trial } from './trial.ts'

/** Boot: what comes back when the machine is started again. */
export const boot = slice<BootSection>({
  id: 'boot',
  title: 'Boot and persistence',
  section: bootSection,
  checks: () => discover(new URL('./checks/', import.meta.url), isCheck),
  mutants: async () => [],
  things: thingsIn,
  trial,
})
