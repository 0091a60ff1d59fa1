import { waitFor } from '../../kernel/index.ts'
import { fullDisk } from '../../substrate/index.ts'
import type { Stage } from '../drill.ts'
import type { Node } from '../engines/engine.ts'
import { smallFolder } from '../engines/engine.ts'

/**
 * Fills the small disk of a node, and waits until its server says that it waits for space. It tells that to its log
 * alone: nobody who is connected to it hears of an error, and it looks again after a minute only.
 */
export async function fillLog({ keep, note }: Pick<Stage, 'keep' | 'note'>, node: Node): Promise<void> {
  keep(await fullDisk(node.machine, { path: smallFolder }))
  await waitFor(
    `${node.name} to wait for space in ${smallFolder}`,
    async () => {
      const told = (await node.machine.logs()).split('\n').findLast((line) => line.includes('Disk is full writing'))
      return told?.includes(smallFolder) === true ? { done: true } : { seen: told ?? 'no word of a full disk' }
    },
    { deadlineMs: 10_000, everyMs: 50 },
  )
  note(`${node.name} waits for space and tells nobody`)
}
