import { SeatrialError } from '../kernel/index.ts'
import type { Change } from '../stack/index.ts'

/**
 * Files with a change made in one of them.
 *
 * @throws SeatrialError SEATRIAL_MUTANT_STALE when the text to find does not stand there exactly once
 */
export function changeText(files: Readonly<Record<string, string>>, change: Change): Readonly<Record<string, string>> {
  const { id, file, find, replace } = change
  const parts = files[file]?.split(find) ?? []
  if (parts.length === 2) return { ...files, [file]: parts.join(replace) }
  const times = Math.max(0, parts.length - 1)
  throw new SeatrialError('SEATRIAL_MUTANT_STALE', `${id}: ${file} has its text ${times} times, not once`, {
    mend: 'Name a text of the file that stands there exactly once.',
  })
}
