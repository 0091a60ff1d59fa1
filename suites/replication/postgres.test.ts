import { allMutants } from '../../harness/replication/index.ts'
import { expect, test } from '../../harness/vitest/index.ts'

/**
 * The same on PostgreSQL. Each drill takes seconds, so that every commit gets one that must be green and one that must be
 * red, and the release and nightly profiles get all of them.
 */
const slow = ['release', 'nightly'].includes(process.env['SEATRIAL_PROFILE'] ?? 'commit')
const later = <T>(...things: readonly T[]): readonly T[] => (slow ? things : [])

const safe = [
  'links-cut',
  ...later(
    'kill',
    'candidate-behind',
    'other-behind',
    'pg-rewind',
    'planned-switch',
    'paused-primary',
    'split-brain',
    'promotion-interrupted',
    'replica-dies-during-promotion',
  ),
]

test.for(safe)('%s: the synchronous procedure loses nothing, and all standbys follow', async (drill, { look }) => {
  const drills = [{ drill, procedure: 'postgres-synchronous' }]
  expect(await look({ practice: 'replication', section: { drills } })).toHaveNoFindings()
})

test.for([
  ['candidate-behind', 'replication/trap-candidate-behind'],
  ...later(['links-cut', 'replication/trap-asynchronous'] as const),
] as const)(
  '%s: the asynchronous procedure loses acknowledged writes, and %s is named',
  async ([drill, trap], { look }) => {
    const drills = [{ drill, procedure: 'postgres-asynchronous' }]
    const steps = await look({ practice: 'replication', section: { drills } })
    expect(steps).toFind('replication/rows-lost')
    expect(steps).toFind(trap)
  },
)

const rewinds = later('postgres-rewind-at-once', 'postgres-asynchronous')
test.for(rewinds)(
  'pg-rewind: with %s pg_rewind says that none is required, exits with 0, and the old primary keeps its own rows',
  async (procedure, { look }) => {
    const drills = [{ drill: 'pg-rewind', procedure }]
    const steps = await look({ practice: 'replication', section: { drills } })
    expect(steps).toFind('replication/rows-extra')
    expect(steps).toFind('replication/trap-postgres-no-rewind')
    expect(steps).toFind('replication/standby-timeline-left')
  },
)

const mutants = slow ? (await allMutants()).filter(({ procedure }) => procedure.engine === 'postgres') : []
test.for(mutants)('$procedure.title: red in $drill with $rule', async ({ procedure, drill, rule, trap }, { look }) => {
  const steps = await look({ practice: 'replication', section: { drills: [{ drill, procedure: procedure.id }] } })
  expect(steps).toFind(rule)
  if (trap !== undefined) expect(steps).toFind(trap)
})
