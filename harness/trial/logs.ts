import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../kernel/index.ts'
import { createRedactor } from '../record/index.ts'
import type { StartedStack } from '../stack/index.ts'

/** Writes what every part of the stack wrote so far, one file a part, while the parts still are. */
export async function collectLogs(stack: StartedStack, folder: string, secrets: readonly string[] = []): Promise<void> {
  const redact = createRedactor({ secrets })
  const machines = stack.parts.flatMap(({ name, machine }) => (machine === undefined ? [] : [{ name, machine }]))
  if (machines.length === 0) return
  await mkdir(folder, { recursive: true })
  await Promise.all(
    machines.map(async ({ name, machine }) => {
      // A part that died has a log too; one that cannot be asked must not cost the others theirs.
      const log = await machine.logs().catch((error: unknown) => `(no log: ${messageOf(error)})\n`)
      await writeFile(join(folder, `${name}.log`), redact(log))
    }),
  )
}
