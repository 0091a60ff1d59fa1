import { expect, test } from '../../harness/vitest/index.ts'

/**
 * A promotion of one's own: the cluster is run as the procedure says, and a file promotes. Every commit tries the safe
 * script where the first replica is the wrong one, and the naive script there; the rest belongs to release and nightly.
 */
const slow = ['release', 'nightly'].includes(process.env['SEATRIAL_PROFILE'] ?? 'commit')
const later = <T>(...things: readonly T[]): readonly T[] => (slow ? things : [])

test.for(['candidate-behind', ...later('kill', 'links-cut', 'other-behind')])(
  '%s: the script that promotes the most advanced replica loses nothing, and all follow',
  async (drill, { look }) => {
    const drills = [{ drill, procedure: 'semi-sync', runbook: 'most-advanced.sh' }]
    expect(await look({ practice: 'replication', section: { drills } })).toHaveNoFindings()
  },
)

test.for([
  ['candidate-behind', 'documents.sh', 'replication/rows-lost', 'replication/trap-candidate-behind'],
  ...later(
    ['candidate-behind', 'documents.sql', 'replication/rows-lost', 'replication/trap-candidate-behind'] as const,
    ['links-cut', 'documents.sh', 'replication/rows-lost', 'replication/trap-asynchronous'] as const,
    ['other-behind', 'documents.sql', 'replication/rows-green-but-wrong', 'replication/trap-place-forgotten'] as const,
  ),
] as const)('%s: the naive %s is red with %s and %s', async ([drill, runbook, rule, trap], { look }) => {
  const drills = [{ drill, procedure: 'documents', runbook }]
  const steps = await look({ practice: 'replication', section: { drills } })
  expect(steps).toFind(rule)
  expect(steps).toFind(trap)
})
