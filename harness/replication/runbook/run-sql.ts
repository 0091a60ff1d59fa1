import { messageOf } from '../../kernel/index.ts'
import { replicationLogin } from '../cluster.ts'
import type { Node } from '../engines/engine.ts'
import type { Promotion } from '../procedure.ts'
import type { SqlStep, Target } from './sql-file.ts'

/**
 * Carries a runbook of SQL out, and gives the new primary: the node that clients were led to, the candidate otherwise.
 *
 * @throws Error with the line of the statement that failed, and what the node answered
 */
export async function runSql(steps: readonly SqlStep[], file: string, promotion: Promotion): Promise<Node> {
  const { cluster, note, pointClientsTo } = promotion
  const [candidate] = promotion.survivors
  const values: Readonly<Record<string, string>> = {
    candidate: candidate.name,
    primary: promotion.lost.name,
    port: String(cluster.engine.port),
    replication_user: replicationLogin.user,
    replication_password: replicationLogin.password,
  }
  let led: Node | undefined
  for (const step of steps) {
    const nodes = nodesOf(step.target, promotion)
    if (step.kind === 'clients') {
      const [node] = nodes
      if (node === undefined) throw new Error(`${file}: there is no ${step.target} to lead clients to`)
      await pointClientsTo((led = node))
      continue
    }
    for (const node of nodes) {
      for (const { line, text } of step.statements) {
        const statement = text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole)
        try {
          await (await cluster.session(node)).query(statement)
        } catch (error) {
          throw new Error(`${file}:${line} on ${node.name}: ${messageOf(error)}`, { cause: error })
        }
      }
      note(`${step.statements.length} statements of the runbook on ${node.name}`)
    }
  }
  if (led === undefined) await pointClientsTo(candidate)
  return led ?? candidate
}

function nodesOf(target: Target, { cluster, survivors, lost }: Promotion): readonly Node[] {
  const [candidate, ...others] = survivors
  if (target === 'candidate') return [candidate]
  if (target === 'others') return others
  if (target === 'survivors') return survivors
  if (target === 'primary') return [lost]
  const named = cluster.nodes.filter(({ name }) => name === target)
  if (named.length === 0) {
    throw new Error(`there is no ${target} in this cluster: ${cluster.nodes.map(({ name }) => name).join(', ')}`)
  }
  return named
}
