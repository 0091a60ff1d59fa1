import { rule } from '../../kernel/index.ts'
import { postgresCheck } from '../health/health-check.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

export const archiveFailing = rule({
  id: 'replication/archive-failing',
  level: 'error',
  reference: postgresPage('28.2.10 pg_stat_archiver', 'monitoring-stats.html#MONITORING-PG-STAT-ARCHIVER-VIEW'),
  says: ({ node, file, count }: { node: string; file: string; count: number }) =>
    `${node} cannot archive ${file}: it failed last, ${count} times in all, and nothing was archived since.`,
  wants: 'Every WAL file is archived.',
  remedy: 'Run archive_command by hand as the server would; its error is in the log. Until then pg_wal grows.',
})

/** The archive: a restore to a point in time ends where it has a hole, and the disk of the primary fills up. */
export const archive = postgresCheck({
  id: 'replication/archive',
  rules: [archiveFailing],
  *run({ nodes }) {
    for (const { node, settings, archiveFailure } of nodes) {
      // What failed before it was turned off is no trouble any more.
      if (settings.archiveMode === 'off' || archiveFailure === undefined) continue
      yield archiveFailing.at(`nodes.${node}.archiver`, { node, ...archiveFailure })
    }
  },
  examples: [
    { title: 'there is none', given: samplePostgres(), yields: [] },
    { title: 'it works', given: samplePostgres({ primarySettings: { archiveMode: 'on' } }), yields: [] },
    {
      title: 'the last try failed',
      given: samplePostgres({
        primarySettings: { archiveMode: 'on' },
        primary: { archiveFailure: { file: '000000010000000000000004', count: 3 } },
      }),
      yields: [archiveFailing],
    },
    {
      title: 'it failed until it was turned off',
      given: samplePostgres({ primary: { archiveFailure: { file: '000000010000000000000004', count: 3 } } }),
      yields: [],
    },
  ],
})
