import { expect, test } from '../../harness/vitest/index.ts'

/** A drill takes less than ten seconds of an idle machine, and gets many times that of a busy one. */
const timeout = 180_000

test(
  'database-restored: a dump of one moment brings back whole orders, code and accounts',
  { timeout },
  async ({ look }) => {
    const drills = [{ drill: 'database-restored', procedure: 'mysqldump-checked' }]
    expect(await look({ practice: 'recovery', section: { drills } })).toHaveNoFindings()
  },
)

test(
  'database-restored: mysqldump into a pipe says that all went well, and orders are torn',
  { timeout },
  async ({ look }) => {
    const drills = [{ drill: 'database-restored', procedure: 'mysqldump' }]
    const steps = await look({ practice: 'recovery', section: { drills } })
    expect(steps).toFind('recovery/outcome-silently-wrong')
    expect(steps).toFind('recovery/trap-database-torn')
  },
)
