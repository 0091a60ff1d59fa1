import { allMutants } from '../../harness/replication/index.ts'
import { expect, test } from '../../harness/vitest/index.ts'

/**
 * What must hold of every promotion: nothing that was acknowledged is lost, and every replica has the rows of its
 * primary. Naive procedures are tried as well: each must come out red, or the drill proves nothing. Every commit gets
 * six drills; the release and nightly profiles get all of them and the mutants of the safe procedure.
 */
const slow = ['release', 'nightly'].includes(process.env['SEATRIAL_PROFILE'] ?? 'commit')
const commit = new Set([
  'links-cut',
  'ack-elsewhere',
  'relay-log-unapplied',
  'split-brain',
  'filter-hides-table',
  'promotion-interrupted',
])

const drills = [
  'kill',
  'links-cut',
  'candidate-behind',
  'other-behind',
  'ack-elsewhere',
  'relay-log-unapplied',
  'semi-sync-fallback',
  'old-primary-returns',
  'split-brain',
  'paused-primary',
  'replica-dies-during-promotion',
  'promotion-interrupted',
  'errant-write',
  'filter-hides-table',
  'statement-depends-on-node',
  'binlog-purged',
  'planned-switch',
  'double-failure',
  'clients-at-replica',
]

test.for(drills.filter((drill) => slow || commit.has(drill)))(
  '%s: the semi-synchronous procedure loses nothing and leaves equal rows everywhere',
  async (drill, { look }) => {
    const steps = await look({ practice: 'replication', section: { drills: [{ drill, procedure: 'semi-sync' }] } })
    expect(steps).toHaveNoFindings()
  },
)

type Red = readonly [drill: string, procedure: string, rule: `replication/${string}`, trap: `replication/${string}`]
/** Of each drill a naive procedure, what it does wrong, and how that trap is called. */
const red: readonly Red[] = [
  ['links-cut', 'documents', 'replication/rows-lost', 'replication/trap-asynchronous'],
  ['candidate-behind', 'documents', 'replication/rows-lost', 'replication/trap-candidate-behind'],
  ['other-behind', 'documents', 'replication/rows-green-but-wrong', 'replication/trap-place-forgotten'],
  ['ack-elsewhere', 'semi-sync-naive', 'replication/rows-lost', 'replication/trap-candidate-behind'],
  ['relay-log-unapplied', 'semi-sync-naive', 'replication/rows-lost', 'replication/trap-seen-relay-log'],
  [
    'semi-sync-fallback',
    'semi-sync-short-timeout',
    'replication/rows-lost',
    'replication/trap-seen-semi-sync-fallback',
  ],
  ['old-primary-returns', 'semi-sync-naive', 'replication/rows-extra', 'replication/trap-refused'],
  ['split-brain', 'documents', 'replication/rows-split-brain', 'replication/trap-seen-not-fenced'],
  ['paused-primary', 'documents', 'replication/rows-split-brain', 'replication/trap-seen-not-fenced'],
  ['errant-write', 'gtid-first', 'replication/rows-phantom', 'replication/trap-seen-errant-write'],
  ['filter-hides-table', 'documents', 'replication/rows-lost', 'replication/trap-seen-filter'],
  [
    'statement-depends-on-node',
    'statement-format',
    'replication/rows-changed',
    'replication/trap-seen-statement-format',
  ],
  ['binlog-purged', 'semi-sync-naive', 'replication/rows-missing', 'replication/trap-purged'],
  ['promotion-interrupted', 'documents', 'replication/rows-missing', 'replication/trap-seen-not-repeatable'],
  ['planned-switch', 'documents', 'replication/rows-lost', 'replication/trap-seen-not-fenced'],
  ['double-failure', 'gtid-first', 'replication/rows-lost', 'replication/trap-asynchronous'],
  ['clients-at-replica', 'documents', 'replication/rows-split-brain', 'replication/trap-seen-clients-at-replica'],
]
const redEveryCommit = new Set(['candidate-behind'])

test.for(red.filter(([drill]) => slow || redEveryCommit.has(drill)))(
  '%s: the procedure %s is red with %s, and %s is named',
  async ([drill, procedure, rule, trap], { look }) => {
    const steps = await look({ practice: 'replication', section: { drills: [{ drill, procedure }] } })
    expect(steps).toFind(rule)
    expect(steps).toFind(trap)
  },
)

test.for(slow ? ['replica-dies-during-promotion'] : [])(
  '%s: the procedure of the documents stops in the middle and leaves a replica without rows',
  async (drill, { look }) => {
    const section = { drills: [{ drill, procedure: 'documents' }] }
    const steps = await look({ practice: 'replication', section })
    expect(steps).toFind('replication/promotion-failed')
    expect(steps).toFind('replication/rows-missing')
  },
)

const mutants = slow ? (await allMutants()).filter(({ procedure }) => procedure.engine === 'mariadb') : []
test.for(mutants)('$procedure.title: red in $drill with $rule', async ({ procedure, drill, rule, trap }, { look }) => {
  const steps = await look({ practice: 'replication', section: { drills: [{ drill, procedure: procedure.id }] } })
  expect(steps).toFind(rule)
  if (trap !== undefined) expect(steps).toFind(trap)
})
