import { expect, test } from '../../harness/vitest/index.ts'

/**
 * A promotion of one's own: the cluster is run as the procedure says, and a file promotes. A safe script must be green
 * wherever the first replica is the wrong one, and naive files red.
 */

test.for(['candidate-behind', 'kill', 'links-cut', 'other-behind'])(
  '%s: the script that promotes the most advanced replica loses nothing, and all follow',
  async (drill, { look }) => {
    const drills = [{ drill, procedure: 'semi-sync', runbook: 'most-advanced.sh' }]
    expect(await look({ practice: 'replication', section: { drills } })).toHaveNoFindings()
  },
)

test.for([
  ['candidate-behind', 'documents.sh', 'replication/rows-lost', 'replication/trap-candidate-behind'],
  ['candidate-behind', 'documents.sql', 'replication/rows-lost', 'replication/trap-candidate-behind'],
  ['links-cut', 'documents.sh', 'replication/rows-lost', 'replication/trap-asynchronous'],
  ['other-behind', 'documents.sql', 'replication/rows-green-but-wrong', 'replication/trap-place-forgotten'],
] as const)('%s: the naive %s is red with %s and %s', async ([drill, runbook, rule, trap], { look }) => {
  const drills = [{ drill, procedure: 'documents', runbook }]
  const steps = await look({ practice: 'replication', section: { drills } })
  expect(steps).toFind(rule)
  expect(steps).toFind(trap)
})
