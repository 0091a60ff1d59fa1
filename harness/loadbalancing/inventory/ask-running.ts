import type { Unsettled } from '../../kernel/index.ts'
import { SeatrialError, unsettledBy, UsageError } from '../../kernel/index.ts'
import type { AskContext } from './running/haproxy.ts'
import { askBalancer } from './running/haproxy.ts'
import { askNames } from './running/name-server.ts'
import type { InventoryEntry } from './section.ts'
import { namesOf, type InventorySeen } from './seen.ts'

export interface Asked {
  readonly seen: InventorySeen
  /** Who could not be asked, and why. */
  readonly unsettled: readonly Unsettled[]
}

/**
 * Asks what runs. Whoever does not answer is told, and what the others said is kept.
 *
 * @throws UsageError for an address that the plan does not allow
 */
export async function askRunning(
  seen: InventorySeen,
  running: InventoryEntry['running'],
  context: AskContext,
): Promise<Asked> {
  const unsettled: Unsettled[] = []
  const kept = async <T>(asked: Promise<T>): Promise<T[]> => {
    try {
      return [await asked]
    } catch (error) {
      context.signal.throwIfAborted()
      if (error instanceof UsageError) throw error
      unsettled.push(unsettledBy(error))
      return []
    }
  }
  const { balancers = [], nameServer } = running ?? {}
  const asked = await Promise.all(
    balancers.map((each) => kept(askBalancer(each, context).then((balanced) => ({ balanced, pools: each.pools })))),
  )
  const names = nameServer === undefined ? [] : (await kept(namesFrom(nameServer, seen, context, unsettled))).flat()
  const told = asked.flat()
  const uncompared = [...seen.uncompared, ...told.flatMap(({ balanced }) => balanced.uncompared)]
  return { seen: { ...seen, uncompared, running: { balancers: told, names } }, unsettled }
}

async function namesFrom(
  server: string,
  seen: InventorySeen,
  { allow, signal }: AskContext,
  unsettled: Unsettled[],
): Promise<InventorySeen['running']['names']> {
  allow(new URL(`http://${/^[^:]*$|\]$/.test(server) ? `${server}:53` : server}`))
  const { answers, trouble } = await askNames(server, namesOf(seen), signal)
  if (trouble !== undefined)
    unsettled.push(
      unsettledBy(
        new SeatrialError('SEATRIAL_NOT_TOLD', trouble, {
          mend: 'Start the name server, and name one that answers for the zones of the inventory.',
          because: 'prerequisite',
        }),
      ),
    )
  return answers
}
