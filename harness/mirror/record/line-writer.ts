import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { messageOf, UsageError } from '../../kernel/index.ts'

/** Writes lines as fast as the disk takes them, and never waits for it. */
export interface LineWriter {
  /** False when it was not taken: too much waits for the disk already, or the disk takes nothing any more. */
  readonly write: (line: string) => boolean
  /** Why the disk takes nothing any more. */
  readonly trouble: () => string | undefined
  /** Writes what waits, and a last line. */
  readonly close: (last: string) => Promise<void>
}

/** @param maxWaiting bytes that may wait to be written */
export function lineWriter(to: Writable, maxWaiting: number): LineWriter {
  let trouble: string | undefined
  to.on('error', (error) => (trouble ??= messageOf(error)))
  return {
    write(line) {
      if (trouble !== undefined || to.writableLength + line.length > maxWaiting) return false
      to.write(`${line}\n`)
      return true
    },
    trouble: () => trouble,
    async close(last) {
      if (trouble !== undefined || to.writableEnded) return
      await new Promise<void>((resolve) => {
        to.once('close', resolve)
        to.end(`${last}\n`)
      })
    },
  }
}

/**
 * A new file that only its owner may read: it holds what users sent.
 *
 * @throws UsageError when it is there already, or cannot be made
 */
export async function newFile(path: string, name: string): Promise<Writable> {
  const stream = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  try {
    await once(stream, 'open')
  } catch (cause) {
    const given =
      cause instanceof Error && 'code' in cause && cause.code === 'EEXIST' ? `${path}, which is there` : path
    throw new UsageError({ path: name, given, wanted: 'a new file in a folder that is there', cause })
  }
  return stream
}
