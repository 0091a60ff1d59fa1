import { replicationLogin } from '../cluster.ts'
import { run } from '../engines/mariadb-steps.ts'
import { procedure } from '../procedure.ts'
import { documents } from './documents.ts'

/**
 * The documents, and on the day of the promotion somebody finds that the new primary has no account for replicas and
 * creates it: a statement that goes to every replica, also to one that has the account.
 */
export const documentsAccountAfterwards = procedure({
  ...documents,
  id: 'documents-account-afterwards',
  title: 'as documents, and the account of replicas is created on the new primary',
  promote: (promotion) =>
    documents.promote({
      ...promotion,
      async pointClientsTo(node) {
        const { user, password } = replicationLogin
        await run(
          promotion.cluster,
          node,
          `CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`,
          `GRANT REPLICATION SLAVE ON *.* TO '${user}'@'%'`,
        )
        promotion.note(`the account of replicas is created on ${node.name}`)
        await promotion.pointClientsTo(node)
      },
    }),
})
