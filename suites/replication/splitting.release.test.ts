import { allMutants } from '../../harness/replication/index.ts'
import { expect, test } from '../../harness/vitest/index.ts'

/**
 * Reads led apart from writes: nobody may miss what they were told is written, and nothing may be lost, while a replica
 * is behind and a primary dies. Naive splitting must come out red in both drills. The mutants of these drills are run
 * with all others, in drills.test.ts.
 */
const drills = ['read-your-writes', 'through-haproxy']

test.for([
  ['read-your-writes', 'semi-sync'],
  ['read-your-writes', 'semi-sync-sticky'],
  ['through-haproxy', 'semi-sync'],
] as const)(
  '%s: with the procedure %s every read has what it must have, and no row is lost',
  async (tried, { look }) => {
    const [drill, procedure] = tried
    const objectives = { readOutageMs: 10_000 }
    const steps = await look({ practice: 'replication', section: { drills: [{ drill, procedure, objectives }] } })
    expect(steps).toHaveNoFindings()
  },
)

const behind = ['replication/stale-reads-seen', 'replication/trap-split-lagging-replica'] as const
const ledBack = ['replication/rows-split-brain', 'replication/trap-split-old-primary'] as const

test.for([
  ['read-your-writes', behind],
  ['through-haproxy', [...behind, ...ledBack]],
] as const)('%s: splitting as tutorials have it is red with %s', async ([drill, rules], { look }) => {
  const steps = await look({ practice: 'replication', section: { drills: [{ drill, procedure: 'documents' }] } })
  for (const rule of rules) expect(steps).toFind(rule)
})

test('a read outage longer than the objective fails the drill', async ({ look }) => {
  const tried = { drill: 'read-your-writes', procedure: 'semi-sync', objectives: { readOutageMs: 1 } }
  expect(await look({ practice: 'replication', section: { drills: [tried] } })).toFind('replication/read-outage-missed')
})

test('each step of the safe way to split has a mutant', async () => {
  const mutants = (await allMutants()).filter(({ drill }) => drills.includes(drill))
  expect(mutants.map(({ procedure }) => procedure.id).toSorted()).toEqual([
    'semi-sync-without-lead',
    'semi-sync-without-read-after',
    'semi-sync-without-watch',
  ])
})
