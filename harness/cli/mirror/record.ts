import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { bytesOf, size } from '../../input/index.ts'
import { systemClock, UsageError } from '../../kernel/index.ts'
import type { MirrorOptions, RecordEnd, RecordFile } from '../../mirror/index.ts'
import { openRecord } from '../../mirror/index.ts'
import { version } from '../../version.ts'
import type { Io } from '../command.ts'
import { path } from './comparing.ts'
import { openHider } from './hider.ts'

export const recordingOptions = z.object({
  out: z.string().optional(),
  keepSecrets: z.boolean().default(false),
  outBody: size.default('256KiB'),
})

export function withRecordingOptions(program: Command): Command {
  return program
    .option('--out <file>', 'write each exchange down, a line of JSON each, to be replayed; the file must be new')
    .option('--out-body <size>', 'of larger contents only size and digest are written', '256KiB')
    .option('--keep-secrets', 'do not hide Authorization, cookies, and what else looks like a secret')
}

/**
 * The record of a mirror, where one is wanted.
 *
 * @throws UsageError
 */
export async function recorderOf(
  { out, keepSecrets, outBody }: z.infer<typeof recordingOptions>,
  { primary, candidate, limits }: Pick<MirrorOptions, 'primary' | 'candidate' | 'limits'>,
  io: Io,
): Promise<RecordFile | undefined> {
  if (out === undefined) {
    if (!keepSecrets) return undefined
    throw new UsageError({ path: `${path} --keep-secrets`, given: 'without --out', wanted: 'a file: --out FILE' })
  }
  return openRecord(resolve(io.workingDirectory, out), {
    name: `${path} --out`,
    head: {
      seatrial: version,
      startedAt: new Date(systemClock.now()).toISOString(),
      primary: primary.origin,
      candidate: candidate.origin,
      maxBody: bytesOf(outBody),
    },
    maxHeld: limits.maxHeld,
    ...(!keepSecrets && { hider: openHider() }),
  })
}

/** What became of the record, for who ended the mirror. */
export function recordedLines(out: string, { exchanges, dropped, trouble }: RecordEnd): string {
  const lines = [`${out}: ${exchanges} exchanges`]
  for (const [why, count] of Object.entries(dropped)) lines.push(`${count} were not written: ${why}`)
  if (trouble !== undefined) lines.push(trouble)
  return `${lines.join('; ')}\n`
}
