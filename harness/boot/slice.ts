import { discover } from '../discover.ts'
import type { AnyRule, Check, RuleId } from '../kernel/index.ts'
import { slice } from '../slice.ts'
import type { BootSection } from './section.ts'
import { bootSection } from './section.ts'
import { trial } from './trial.ts'

/** Boot: what comes back when the machine is started again. */
export const boot = slice<BootSection>({
  id: 'boot',
  title: 'Boot and persistence',
  section: bootSection,
  checks: () => discover(new URL('./checks/', import.meta.url), isCheck),
  mutants: async () => [],
  sectionFor: () => bootSection.parse({ files: [{ name: 'host', path: '.' }] }),
  trial,
})

function isCheck(thing: unknown): thing is Check<RuleId, never, readonly AnyRule[]> {
  return typeof thing === 'object' && thing !== null && 'rules' in thing && 'examples' in thing && 'run' in thing
}
