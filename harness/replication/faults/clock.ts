import { waitFor } from '../../kernel/index.ts'
import type { Stage } from '../drill.ts'
import type { Node } from '../engines/engine.ts'
import { clockFile } from '../engines/engine.ts'

/** Moves the clock of a running server, and waits until it tells the time so. Its waits and timeouts go on as they are. */
export async function moveClock(
  { cluster, note, witness }: Pick<Stage, 'cluster' | 'note' | 'witness'>,
  node: Node,
  seconds: number,
): Promise<void> {
  await node.machine.writeFile(clockFile, `${seconds >= 0 ? '+' : ''}${seconds}\n`)
  await waitFor(
    `the clock of ${node.name} to be ${seconds} s off`,
    async () => {
      const [row] = await (await cluster.session(node)).query(cluster.engine.clock)
      const off = Number(row?.['seconds']) - Date.now() / 1_000
      return Math.abs(off - seconds) < 30 ? { done: true } : { seen: `${off.toFixed(1)} s off` }
    },
    { deadlineMs: 10_000, everyMs: 50 },
  )
  note(`the clock of ${node.name} is ${seconds} s off`)
  witness({ kind: 'clock-moved', node: node.name })
}
