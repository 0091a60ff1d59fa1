import { expect, test } from '../../harness/vitest/index.ts'

/**
 * What must hold of every promotion: nothing that was acknowledged is lost, and every replica has the rows of its
 * primary. The procedure of the documents is tried as well: it must come out red, or the drill proves nothing.
 */
const drills = ['kill', 'links-cut', 'candidate-behind', 'other-behind']

test.for(drills)(
  '%s: the semi-synchronous procedure loses nothing and leaves equal rows everywhere',
  async (drill, { look }) => {
    const steps = await look({ practice: 'replication', section: { drills: [{ drill, procedure: 'semi-sync' }] } })
    expect(steps).toHaveNoFindings()
  },
)

test.for([
  ['links-cut', 'replication/rows-lost', 'replication/trap-asynchronous'],
  ['candidate-behind', 'replication/rows-lost', 'replication/trap-candidate-behind'],
  ['other-behind', 'replication/rows-green-but-wrong', 'replication/trap-place-forgotten'],
] as const)(
  '%s: the procedure of the documents is red with %s, and its trap is named',
  async ([drill, rule, trap], { look }) => {
    const steps = await look({ practice: 'replication', section: { drills: [{ drill, procedure: 'documents' }] } })
    expect(steps).toFind(rule)
    expect(steps).toFind(trap)
  },
)
