import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Clock, StepReport } from '../../kernel/index.ts'
import { beginStep, ofAsked, runCheck, seenBy, unsettledBy, UsageError } from '../../kernel/index.ts'
import type { FileContent, RunScope } from '../../substrate/index.ts'
import { buildImage } from '../../substrate/index.ts'
import { dates } from '../checks/dates.ts'
import { certificatesAt } from './certificates.ts'
import { containerClock } from './container-clock.ts'
import { machineClock } from './machine-clock.ts'
import type { DatesEntry } from './section.ts'
import { sweepOn } from './sweep-on.ts'
import { demandZone } from './zone.ts'

export interface LookAtDates {
  /** Place of the entry in the input, for what is wrong with it. */
  readonly path: string
  /** Where files that the command names begin. */
  readonly baseFolder: string
  readonly run: Pick<RunScope, 'labels'>
  readonly replay: string
  /** Ids of checks or rules; all when empty. */
  readonly only: readonly string[]
  readonly clock: Pick<Clock, 'now' | 'elapsed'>
  readonly signal: AbortSignal
  readonly progress: (line: string) => void
}

type Command = DatesEntry['command']

/**
 * One step: a command under ordinary days and then under a sweep of dates.
 *
 * @throws UsageError for a zone, a file or a certificate that is not there, and for a range without a date
 */
export async function lookAtDates(entry: DatesEntry, options: LookAtDates): Promise<StepReport> {
  const { path, replay, signal } = options
  demandZone(`${path}.zone`, entry.zone)
  const [command, files] = await ownFiles(entry.command, options)
  const step = beginStep({ id: 'boot/dates', subject: entry.name }, options.clock)
  try {
    const image = entry.image ?? (await buildImage(resolve(options.baseFolder, entry.build ?? '.'), options))
    const { env, fresh, user } = entry
    const open = entry.machine ? machineClock : containerClock
    await using clocked = await open({ image, env, files, fresh, ...(user !== undefined && { user }) }, options)
    const found = await Promise.all(
      entry.certificates.map(({ path: place }, index) =>
        certificatesAt(clocked, place, `${path}.certificates[${index}]`),
      ),
    )
    const seen = await sweepOn(clocked, { entry, command, certificates: found.flat() }, options)
    if (!('runs' in seen)) return step({ unsettled: seen })
    const content = `${JSON.stringify(seen, undefined, 2)}\n`
    return step({
      attachments: [{ name: 'dates.json', contentType: 'application/json', content }],
      ...(seen.unsettled !== undefined && { unsettled: seen.unsettled }),
      ...seenBy([ofAsked(runCheck(dates, seen), options.only)], { subject: entry.name, replay }),
    })
  } catch (error) {
    if (error instanceof UsageError) throw error
    signal.throwIfAborted()
    return step({ unsettled: unsettledBy(error) })
  }
}

/** Files of people's own go where the command finds them. */
async function ownFiles(
  [first, ...rest]: Command,
  { baseFolder, path }: LookAtDates,
): Promise<[Command, Record<string, FileContent>]> {
  const files: Record<string, FileContent> = {}
  const put = async (word: string): Promise<string> => {
    if (!/^\.\.?\//.test(word)) return word
    const content = await readFile(resolve(baseFolder, word)).catch((cause: unknown) => {
      throw new UsageError({ path: `${path}.command`, given: word, wanted: 'a file that can be read', cause })
    })
    const inside = `/seatrial/files/${basename(word)}`
    files[inside] = { content, mode: 0o755 }
    return inside
  }
  return [[await put(first), ...(await Promise.all(rest.map(put)))], files]
}
