import { rule } from '../../kernel/index.ts'
import { postgresCheck } from '../health/health-check.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

export const systemIdentifierDiffering = rule({
  id: 'replication/system-identifier-differing',
  level: 'error',
  reference: postgresPage('27.2.4 Setting Up a Standby Server', 'warm-standby.html#STANDBY-SERVER-SETUP'),
  says: ({ systems }: { systems: string }) =>
    `The nodes were not copied from one another: their system identifiers are ${systems}.`,
  wants: 'All nodes of a cluster come from one initdb.',
  remedy: 'Name the nodes of one cluster, or build the stranger anew with pg_basebackup.',
})

/** Who is a copy of whom: a node with an identifier of its own can never follow. */
export const systemIdentifier = postgresCheck({
  id: 'replication/system-identifier',
  rules: [systemIdentifierDiffering],
  *run({ nodes }) {
    if (new Set(nodes.map(({ systemId }) => systemId)).size <= 1) return
    const systems = nodes.map(({ node, systemId }) => `${node} ${systemId}`).join(', ')
    yield systemIdentifierDiffering.at('nodes.system_identifier', { systems })
  },
  examples: [
    { title: 'one for all', given: samplePostgres(), yields: [] },
    {
      title: 'a node of another cluster',
      given: samplePostgres({ standby: { systemId: '7400000000000000002' } }),
      yields: [systemIdentifierDiffering],
    },
  ],
})
