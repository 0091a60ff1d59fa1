import type { Wanted } from '../../fixtures/replication/verdicts.ts'
import { naive, safe } from '../../fixtures/replication/verdicts.ts'
import { allMutants, allProcedures } from '../../harness/replication/index.ts'
import { expect, test } from '../../harness/vitest/index.ts'

/**
 * What must hold of every promotion: nothing that was acknowledged is lost, and every replica has the rows of its
 * primary. Naive procedures are tried as well: each must come out red, with the name of what went wrong, or the drill
 * proves nothing. Every commit gets a few; the release and nightly profiles get all of them and the mutants of the safe
 * procedures.
 */
const slow = ['release', 'nightly'].includes(process.env['SEATRIAL_PROFILE'] ?? 'commit')
const commit: readonly (readonly [drill: string, procedure: string])[] = [
  ['links-cut', 'semi-sync'],
  ['ack-elsewhere', 'semi-sync'],
  ['relay-log-unapplied', 'semi-sync'],
  ['split-brain', 'semi-sync'],
  ['filter-hides-table', 'semi-sync'],
  ['promotion-interrupted', 'semi-sync'],
  ['candidate-behind', 'documents'],
]
const isNow = (tried: Wanted): boolean =>
  slow || commit.some(([drill, procedure]) => drill === tried.drill && procedure === tried.procedure)

/** The tests of the drills of one engine: a file each, so that they go side by side. */
export async function testDrillsOf(engine: 'mariadb' | 'postgres'): Promise<void> {
  const own = new Set((await allProcedures()).flatMap((each) => (each.engine === engine ? [each.id] : [])))
  const isOurs = (tried: Wanted): boolean => own.has(tried.procedure) && isNow(tried)
  const mutants = slow ? (await allMutants()).filter(({ procedure }) => procedure.engine === engine) : []

  test.for(safe.filter(isOurs))(
    '$drill: with $procedure nothing is lost, and rows are equal everywhere',
    async ({ drill, procedure }, { look }) => {
      const steps = await look({ practice: 'replication', section: { drills: [{ drill, procedure }] } })
      expect(steps).toHaveNoFindings()
    },
  )

  test.for(naive.filter(isOurs))(
    '$drill: $procedure is red with $finds',
    async ({ drill, procedure, finds }, { look }) => {
      const steps = await look({ practice: 'replication', section: { drills: [{ drill, procedure }] } })
      for (const rule of finds) expect(steps).toFind(rule)
    },
  )

  test.for(mutants)(
    '$procedure.title: red in $drill with $rule',
    async ({ procedure, drill, rule, trap }, { look }) => {
      const steps = await look({ practice: 'replication', section: { drills: [{ drill, procedure: procedure.id }] } })
      expect(steps).toFind(rule)
      if (trap !== undefined) expect(steps).toFind(trap)
    },
  )
}
