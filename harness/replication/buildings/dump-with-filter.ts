import { building } from '../building.ts'
import { hideTable } from '../faults/mariadb.ts'
import { hotDump } from './hot-dump.ts'

/** A report server that was to ignore scratch tables: its pattern hides more, and `_` stands for any character. */
export const dumpWithFilter = building({
  id: 'dump-with-filter',
  title: 'as hot-dump, and the first replica ignores a table by a filter from its first day on',
  engine: 'mariadb',
  safe: false,
  gtid: false,
  async build(stage) {
    await hotDump.build(stage)
    const first = stage.cluster.nodes.find((node) => node !== stage.source) === stage.replica
    if (first) await hideTable(stage, stage.replica, 'app.ledge_')
  },
})
