import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../../kernel/index.ts'
import type { RunScope } from '../../substrate/index.ts'
import { openRun } from '../../substrate/index.ts'
import type { Cluster } from '../cluster.ts'
import { configure, startHealthy } from './testing/live-postgres.ts'
import { askedOf, findsIn, lookAt, rulesOf } from './testing/look-at.ts'
import { nodeOf, onNode } from './testing/on-node.ts'

/** How a live cluster is asked; what is found in it, rule by rule, is in preflight-postgres.release.docker.test.ts. */

let run: RunScope
let cluster: Cluster

beforeAll(async () => {
  run = await openRun()
  cluster = await startHealthy(run)
}, 180_000)

afterAll(() => run[Symbol.asyncDispose]())

const healthy = ['candidate-best']

describe('the pre-flight of PostgreSQL', () => {
  test('recognises the servers, finds nothing wrong with a healthy cluster, and names the best candidate', async () => {
    const step = await findsIn(cluster, healthy)
    expect(step.unsettled).toBeUndefined()
    expect(step.findings[0]?.sentence).toMatch(/ is the best candidate: it has fetched all .* nothing .* be lost\.$/)
    expect(step.looked.length).toBeGreaterThan(12)
  })

  test('sends nothing but SELECT, as the log of every server tells', async () => {
    for (const id of [1, 2, 3]) {
      await configure(cluster, id, { log_statement: 'all', log_line_prefix: '%m %r ' })
      await waitFor(
        'statements in the log',
        async () => {
          await onNode(cluster, id, `SELECT 'begins ${id}'`)
          const logs = await nodeOf(cluster, id).machine.logs()
          return logs.includes(`'begins ${id}'`) ? { done: true } : { seen: 'none' }
        },
        { deadlineMs: 5_000 },
      )
    }
    await lookAt(cluster)
    for (const id of [1, 2, 3]) {
      await onNode(cluster, id, `SELECT 'ends ${id}'`)
      const log = await waitFor(
        'the log',
        async () => {
          const logs = await nodeOf(cluster, id).machine.logs()
          return logs.includes(`'ends ${id}'`) ? { done: logs } : { seen: 'not yet' }
        },
        { deadlineMs: 5_000 },
      )
      const between = log.slice(log.indexOf(`'begins ${id}'`), log.indexOf(`'ends ${id}'`))
      const statements = [...between.matchAll(/LOG: {2}(?:statement|execute [^:]*): (\w+) /g)].map(([, word]) => word)
      expect(statements.length).toBeGreaterThan(8)
      expect([...new Set(statements)]).toEqual(['SELECT'])
      expect(between).not.toMatch(/pg_promote|pg_reload|pg_switch|nextval/)
      // Not even a complaint about a connection that came to nothing.
      expect(between).not.toMatch(/ERROR|FATAL|startup packet|could not/)
      await configure(cluster, id, { log_statement: undefined, log_line_prefix: undefined })
    }
  })

  test('is unsettled for a login that may not see, and names the rights; those are enough', async () => {
    const blind = await lookAt(cluster, { user: 'app' })
    expect(blind.findings).toEqual([])
    expect(blind.unsettled).toMatchObject({ because: 'prerequisite', why: expect.stringContaining('GRANT pg_monitor') })
    await onNode(cluster, 1, "CREATE ROLE monitor LOGIN PASSWORD 'monitor' IN ROLE pg_monitor")
    const half = await waitFor(
      'the role on every node',
      async () => {
        const step = await lookAt(cluster, { user: 'monitor' })
        return rulesOf(step).includes('candidate-best') ? { done: step } : { seen: step.unsettled?.why ?? 'settled' }
      },
      { deadlineMs: 5_000 },
    )
    expect(half.unsettled?.why).toContain('nobody can tell whether pg_hba.conf lets replicas log in')
    const grants = ['SELECT ON pg_hba_file_rules', 'EXECUTE ON FUNCTION pg_hba_file_rules()']
    const at = await cluster.address(nodeOf(cluster, 1))
    await using session = await cluster.engine.open({ ...at, database: 'postgres' })
    for (const each of grants) await session.query(`GRANT ${each} TO monitor`)
    const step = await waitFor(
      'the rights on every node',
      async () => {
        const now = await lookAt(cluster, { user: 'monitor' })
        return now.unsettled === undefined ? { done: now } : { seen: now.unsettled.why }
      },
      { deadlineMs: 5_000 },
    )
    expect(rulesOf(step)).toEqual(healthy)
  })

  test('of the command line answers with a line a candidate, and exit code 0', async () => {
    const { code, out } = await askedOf(cluster)
    expect(code).toBe(0)
    const [question, primary, best, other] = out.split('\n')
    expect(question).toBe('Would a promotion be possible now, and what would it lose? It would.')
    expect(primary).toMatch(/^ {2}primary +127\.0\.0\.1:\d+$/)
    expect(best).toMatch(/^ {2}best +127\.0\.0\.1:\d+ +it has fetched all that the primary had/)
    expect(other).toMatch(/^ {2}possible +/)
    const data = await askedOf(cluster, '--engine', 'postgres', '--json')
    expect(JSON.parse(data.out)).toMatchObject({
      verdict: 'passed',
      candidates: [{ unit: 'bytes' }, { unit: 'bytes' }],
    })
  })

  test('of the command line refuses nodes that are of another engine than was said', async () => {
    const { code, err } = await askedOf(cluster, '--engine', 'mariadb')
    expect(code).toBe(3)
    expect(err).toContain('which is PostgreSQL')
    expect(err).toContain('nodes of one cluster of MariaDB')
  })
})
