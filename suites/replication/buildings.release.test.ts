import { expect, test } from '../../harness/vitest/index.ts'

/**
 * Replicas that are built from a running primary while clients write, in every way that documents name. Then the primary is
 * killed, and what was built is held against every acknowledged write.
 */

test.for([
  ['locked-dump', 'semi-sync'],
  ['locked-dump-gtid', 'semi-sync'],
  ['hot-dump', 'semi-sync'],
  ['hot-dump-gtid', 'semi-sync'],
  ['hot-backup', 'semi-sync'],
  ['hot-backup-gtid', 'semi-sync'],
  ['base-backup', 'postgres-synchronous'],
])(
  '%s: replicas built in this way lose nothing when the primary is killed',
  async ([building, procedure], { look }) => {
    const drills = [{ drill: 'kill', procedure, building }]
    expect(await look({ practice: 'replication', section: { drills } })).toHaveNoFindings()
  },
)

test('dump-with-filter: the safe procedure does not promote the replica that hides a table', async ({ look }) => {
  const drills = [{ drill: 'kill', procedure: 'semi-sync', building: 'dump-with-filter' }]
  expect(await look({ practice: 'replication', section: { drills } })).toHaveNoFindings()
})

type Red = readonly [building: string, procedure: string, rule: `replication/${string}`, trap: `replication/${string}`]
/** Each is a safe building with one step left out or in the wrong place, and the name of what comes of it. */
const red: readonly Red[] = [
  ['dump-behind-own-lock', 'documents', 'replication/building-failed', 'replication/trap-building-lock'],
  ['dump-before-place', 'documents', 'replication/rows-green-but-wrong', 'replication/trap-building-apart'],
  ['dump-before-place', 'semi-sync', 'replication/rows-lost', 'replication/trap-building-apart'],
  ['dump-without-accounts', 'documents', 'replication/rows-missing', 'replication/trap-login'],
  ['dump-and-backup', 'documents-account-afterwards', 'replication/rows-missing', 'replication/trap-user-exists'],
  ['dump-with-filter', 'documents', 'replication/rows-lost', 'replication/trap-seen-filter'],
  ['backup-before-place', 'semi-sync', 'replication/rows-green-but-wrong', 'replication/trap-building-apart'],
  ['backup-without-place', 'semi-sync', 'replication/building-failed', 'replication/trap-building-place'],
  [
    'base-backup-without-signal',
    'postgres-synchronous',
    'replication/building-failed',
    'replication/trap-building-no-replica',
  ],
]

test.for(red)(
  '%s: with the procedure %s it is red with %s, and %s is named',
  async ([building, procedure, rule, trap], { look }) => {
    const drills = [{ drill: 'kill', procedure, building }]
    const steps = await look({ practice: 'replication', section: { drills } })
    expect(steps).toFind(rule)
    expect(steps).toFind(trap)
  },
)
