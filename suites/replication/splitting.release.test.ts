import { allMutants } from '../../harness/replication/index.ts'
import { expect, test } from '../../harness/vitest/index.ts'

/** Reads led apart from writes; what must come out of the drills themselves stands in `fixtures/replication/verdicts.ts`. */
const drills = ['read-your-writes', 'through-haproxy']

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
