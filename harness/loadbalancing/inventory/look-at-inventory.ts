import type { StepReport, Unsettled } from '../../kernel/index.ts'
import { beginStep, isAsked, ofAsked, runCheck, seenBy } from '../../kernel/index.ts'
import type { TrialContext } from '../../slice.ts'
import type { Change } from '../../stack/index.ts'
import { inventory } from '../checks/inventory.ts'
import { askRunning } from './ask-running.ts'
import { openFiles } from './generated-files.ts'
import type { InventoryEntry } from './section.ts'
import { readGenerated } from './seen.ts'

type Context = Pick<TrialContext<unknown>, 'baseFolder' | 'allow' | 'signal' | 'clock' | 'only' | 'command'>

/**
 * Compares an inventory with what was generated from it and with what runs: a step, if it was asked for.
 *
 * @param change made in one of the files before they are read
 * @throws UsageError, or an AggregateError of several, for files that cannot be read and for an inventory that is wrong in itself
 */
export async function* lookAtInventory(
  entry: InventoryEntry,
  { baseFolder, allow, signal, clock, only, command = 'seatrial run' }: Context,
  change?: Change,
): AsyncGenerator<StepReport> {
  if (!isAsked(inventory, only)) return
  const step = beginStep({ id: inventory.id, subject: entry.name }, clock)
  const path = `loadbalancing.inventory: ${entry.name}`
  const names = [
    entry.file,
    ...entry.balancers.map(({ config }) => config),
    ...entry.zones.map(({ file }) => file),
    ...(entry.namedConf === undefined ? [] : [entry.namedConf]),
  ]
  const generated = readGenerated(entry, openFiles(path, names, baseFolder, change))
  const { seen, unsettled } = await askRunning(generated, entry.running, { allow, signal, environment: process.env })
  const judged = seenBy([ofAsked(runCheck(inventory, seen), only)], {
    subject: entry.name,
    replay: `${command} --only ${inventory.id}`,
  })
  const blind = together(judged.unsettled === undefined ? unsettled : [judged.unsettled, ...unsettled])
  yield step({ ...judged, ...(blind !== undefined && { unsettled: blind }) })
}

/** One who could not be asked; of several every reason. */
function together(all: readonly Unsettled[]): Unsettled | undefined {
  const [first] = all
  if (first === undefined) return undefined
  return { ...first, why: all.map(({ why }) => why).join('; ') }
}
