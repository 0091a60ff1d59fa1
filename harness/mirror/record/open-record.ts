import { rm } from 'node:fs/promises'
import { lineWriter, newFile } from './line-writer.ts'
import type { HeadLine } from './lines.ts'
import { recordFormat, recordVersion } from './lines.ts'
import type { Recorder, RecorderOptions } from './open-recorder.ts'
import { openRecorder } from './open-recorder.ts'

export interface RecordOptions extends Pick<RecorderOptions, 'hider' | 'maxHeld' | 'clock'> {
  /** What errors call the file. */
  readonly name: string
  readonly head: Omit<HeadLine, 'format' | 'version' | 'secrets'>
}

export interface RecordFile extends Recorder {
  /** Takes the file away again: nothing came of what was to be recorded. */
  readonly discard: () => Promise<void>
}

/** Bytes of lines that may wait for the disk. */
const maxWaiting = 64 * 2 ** 20

/**
 * Begins a record in a new file.
 *
 * @throws UsageError when the file is there already, or cannot be made
 */
export async function openRecord(path: string, { name, head, ...options }: RecordOptions): Promise<RecordFile> {
  const writer = lineWriter(await newFile(path, name), maxWaiting)
  const secrets = options.hider === undefined ? 'kept' : 'hidden'
  const recorder = openRecorder({
    ...options,
    writer,
    head: { format: recordFormat, version: recordVersion, ...head, secrets },
  })
  return {
    ...recorder,
    async discard() {
      await recorder.close()
      await rm(path)
    },
  }
}
