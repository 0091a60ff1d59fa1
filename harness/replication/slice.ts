import { discover } from '../discover.ts'
import { isCheck } from '../kernel/index.ts'
import { slice } from '../slice.ts'
import type { ReplicationSection } from './section.ts'
import { replicationSection } from './section.ts'
import { trial } from './trial.ts'

/** Replication: the primary dies, a replica is promoted, and every row is looked up afterwards. */
export const replication = slice<ReplicationSection>({
  id: 'replication',
  title: 'Promotion drills',
  section: replicationSection,
  checks: () => discover(new URL('./checks/', import.meta.url), isCheck),
  // Its mutants are procedures with a step left out, which no configuration of the reference deployment has.
  mutants: async () => [],
  trial,
})
