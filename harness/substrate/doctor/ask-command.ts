import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'

/** The path of a command on PATH, or undefined. */
export function findCommand(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return statSync(path).isFile()
      } catch {
        return false
      }
    })
}

/**
 * The first line that a command says, such as its version.
 *
 * @throws Error of execa when it fails or takes longer than four seconds
 */
export async function firstLineOf([file, ...args]: readonly [string, ...string[]]): Promise<string> {
  const { stdout } = await execa(file, args, { timeout: 4_000, stdin: 'ignore' })
  return stdout.split('\n')[0]?.trim() ?? ''
}
