import { readFile } from 'node:fs/promises'
import { messageOf, UsageError } from '../kernel/index.ts'

/**
 * The content of a file of data, YAML or JSON; an empty file is an object with nothing in it.
 *
 * @param path where the file was named, for the message
 * @throws UsageError for a file that cannot be read, or is neither
 */
export async function readData(path: string, file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError({ path, given: file, wanted: 'a file that can be read', cause })
  })
  // Loaded when there is something to read: a mock that is given nothing starts in half the time.
  const { parse } = await import('yaml')
  try {
    return parse(text) ?? {}
  } catch (cause) {
    throw new UsageError({
      path: `${path}: ${file}`,
      given: messageOf(cause).split('\n')[0] ?? '',
      wanted: 'JSON or YAML',
      cause,
    })
  }
}
