import { waitFor } from '../../kernel/index.ts'
import { drill } from '../drill.ts'
import { run } from '../engines/steps.ts'

/** A statement whose outcome is another on every node: rows carry it over, the statement itself does not. */
export const statementDependsOnNode = drill({
  id: 'statement-depends-on-node',
  title: 'a statement that gives something else on each node is replicated, then the primary is killed',
  replicas: 2,
  engine: 'mariadb',
  async disturb({ cluster, primary, fault, acknowledged, kill, note }) {
    await acknowledged(100)
    await run(cluster, primary, 'UPDATE app.ledger SET origin = UUID_SHORT() % 1000000 WHERE number <= 20')
    const session = await cluster.session(primary)
    await waitFor(
      'the statement to have changed rows',
      async () => {
        const [row] = await session.query('SELECT COUNT(*) AS count FROM app.ledger WHERE origin > 100')
        return Number(row?.['count']) > 0 ? { done: true } : { seen: 'none' }
      },
      { deadlineMs: 2_000 },
    )
    note('rows are changed by what UUID_SHORT() gives')
    await acknowledged(50)
    await fault(`${primary.name} is killed`)
    await kill(primary)
  },
})
