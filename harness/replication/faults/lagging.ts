import { systemClock, waitFor } from '../../kernel/index.ts'
import type { Stage } from '../drill.ts'
import type { Node } from '../engines/engine.ts'

/** Waits until a replica has fewer rows than its primary, by more than what is always under way. */
export async function isBehind({ cluster, primary, note, witness }: Stage, node: Node): Promise<void> {
  const rowsOf = async (of: Node): Promise<number> => {
    const [row] = await (await cluster.session(of)).query('SELECT COUNT(*) AS count FROM app.ledger')
    return Number(row?.['count'])
  }
  await waitFor(
    `${node.name} to be behind`,
    async () => {
      const [own, all] = [await rowsOf(node), await rowsOf(primary)]
      return all - own >= 50 ? { done: true } : { seen: `${own} of ${all} rows` }
    },
    { deadlineMs: 10_000, everyMs: 10 },
  )
  note(`${node.name} is behind`)
  witness({ kind: 'replica-behind', node: node.name })
}

/** Waits for so many more answered reads. */
export async function reads({ reads: told }: Stage, more: number): Promise<void> {
  const wanted = told().answered + more
  await waitFor(
    `${more} more answered reads`,
    () => (told().answered >= wanted ? { done: true } : { seen: `${told().answered} of ${wanted}` }),
    { deadlineMs: 15_000, everyMs: 5 },
  )
}

/** So many reads in a row, for so many milliseconds, none of them answered by a node, show that it is not read from. */
const without = { reads: 200, ms: 600 }

/** Waits until readers have missed writes on a replica that is behind, or have been led away from it. */
export async function missedOrLeft({ reads: told, note }: Stage, node: Node): Promise<void> {
  let last: { readonly at: number; readonly answered: number; readonly there: number } | undefined
  const how = await waitFor(
    `reads from ${node.name} to be stale, or to end`,
    () => {
      const { answered, answers, stale } = told()
      if (stale.some((each) => each.node === node.name)) return { done: `readers miss writes on ${node.name}` }
      const [at, there] = [systemClock.elapsed(), answers[node.name] ?? 0]
      if (last?.there !== there) last = { at, answered, there }
      const left = answered - last.answered >= without.reads && at - last.at >= without.ms
      const seen = `${there} of ${answered} reads were answered by ${node.name}`
      return left ? { done: `nobody reads from ${node.name}` } : { seen }
    },
    { deadlineMs: 15_000, everyMs: 5 },
  )
  note(how)
}
