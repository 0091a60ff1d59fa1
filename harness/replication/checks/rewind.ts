import { rule } from '../../kernel/index.ts'
import { postgresCheck } from '../health/health-check.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

export const rewindRefused = rule({
  id: 'replication/rewind-refused',
  level: 'warning',
  reference: postgresPage('pg_rewind', 'app-pgrewind.html'),
  says: ({ node, missing }: { node: string; missing: string }) =>
    `pg_rewind would refuse ${node}: ${missing}. Should it come back after a promotion, it has to be built anew.`,
  wants: 'An old primary can be brought back in minutes.',
  remedy: 'Set full_page_writes = on and wal_log_hints = on on every node, before they are needed, and restart it.',
})

/** Whether an old primary could be rewound: what pg_rewind needs must have been written before the promotion. */
export const rewind = postgresCheck({
  id: 'replication/rewind',
  rules: [rewindRefused],
  *run({ nodes }) {
    for (const { node, settings } of nodes) {
      const { fullPageWrites, walLogHints, dataChecksums } = settings
      const missing = [
        ...(fullPageWrites ? [] : ['full_page_writes is off']),
        ...(walLogHints || dataChecksums ? [] : ['wal_log_hints is off, and it has no data checksums']),
      ]
      if (missing.length > 0) yield rewindRefused.at(`nodes.${node}.rewind`, { node, missing: missing.join(', and ') })
    }
  },
  examples: [
    { title: 'hints are logged', given: samplePostgres(), yields: [] },
    {
      title: 'checksums do as well',
      given: samplePostgres({ primarySettings: { walLogHints: false, dataChecksums: true } }),
      yields: [],
    },
    {
      title: 'as it comes out of the box',
      given: samplePostgres({ primarySettings: { walLogHints: false } }),
      yields: [rewindRefused],
    },
    {
      title: 'pages are not written in full',
      given: samplePostgres({ standbySettings: { fullPageWrites: false } }),
      yields: [rewindRefused],
    },
  ],
})
