import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from '../kernel/index.ts'

/**
 * The text of a script that a machine will run.
 *
 * @param path where the file was named, for the message
 * @throws UsageError for a file that cannot be read, or that Linux could not run
 */
export async function readScript(path: string, file: string, folder: string): Promise<string> {
  const wrong = (wanted: string, cause?: unknown): UsageError => new UsageError({ path, given: file, wanted, cause })
  const text = await readFile(resolve(folder, file), 'utf8').catch((error: unknown) => {
    throw wrong('a file that can be read', error)
  })
  const [first = ''] = text.split('\n', 1)
  if (!/^#! *\//.test(first)) throw wrong('a script whose first line names what runs it, such as #!/bin/bash')
  // Linux would look for a program whose name ends in a carriage return.
  if (first.endsWith('\r')) throw wrong('a script whose lines end as on Linux, without a carriage return')
  return text
}
