import { document, rule } from '../../kernel/index.ts'
import { mariadbCheck } from '../health/health-check.ts'
import { sampleCluster } from '../health/mariadb/sample.ts'

export const gtidStrictModeOff = rule({
  id: 'replication/gtid-strict-mode-off',
  level: 'warning',
  reference: document('MariaDB: gtid_strict_mode', 'https://mariadb.com/kb/en/gtid/#gtid_strict_mode'),
  says: ({ node }: { node: string }) =>
    `On ${node} gtid_strict_mode is off: where histories part it goes on, and the nodes differ without an error.`,
  wants: 'A node stops where histories part.',
  remedy: 'Set gtid_strict_mode = ON on every node.',
})

/** Strict mode turns a silent difference into a refusal. */
export const gtidStrictMode = mariadbCheck({
  id: 'replication/gtid-strict-mode',
  rules: [gtidStrictModeOff],
  *run({ nodes }) {
    for (const { node } of nodes.filter(({ gtidStrict }) => !gtidStrict)) {
      yield gtidStrictModeOff.at(`nodes.${node}.gtid_strict_mode`, { node })
    }
  },
  examples: [
    { title: 'on everywhere', given: sampleCluster(), yields: [] },
    {
      title: 'off on a replica',
      given: sampleCluster({ replica: { gtidStrict: false } }),
      yields: [gtidStrictModeOff],
    },
  ],
})
