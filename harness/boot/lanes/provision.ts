import { readScript } from '../../input/index.ts'
import { SeatrialError, waitFor } from '../../kernel/index.ts'
import type { ExecResult, Machine } from '../../substrate/index.ts'

/** A script of people's own that sets a host up. */
export interface Provision {
  /** As the configuration names it. */
  readonly file: string
  readonly text: string
}

/**
 * Reads such a script, before anything is started.
 *
 * @throws UsageError for a file that cannot be read, or that Linux could not run
 */
export async function readProvision(file: string, baseFolder: string, path: string): Promise<Provision> {
  return { file, text: await readScript(path, file, baseFolder) }
}

/** On a tmpfs: the boot that follows takes it away. */
const place = '/run/seatrial-provision'

/** Carries a script to a host and runs it there, as root, from the root folder. */
export async function runProvision(
  machine: Pick<Machine, 'exec' | 'writeFile' | 'name' | 'slowness'>,
  { file, text }: Provision,
  { deadlineMs, signal }: { readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<ExecResult> {
  await machine.writeFile(place, text)
  const ran = machine
    .exec(['sh', '-c', `chmod 755 ${place} && exec ${place} 2>&1`], { workingDirectory: '/', deadlineMs })
    .then(
      (done) => ({ done }),
      (error: unknown) => ({ done: error }),
    )
  // The machine scales the limit of a command itself.
  const limits = { deadlineMs: deadlineMs * (machine.slowness ?? 1), signal }
  const done = await waitFor(`${file} to end on ${machine.name}`, () => ran, limits)
  if (isResult(done)) return done
  throw done
}

function isResult(value: unknown): value is ExecResult {
  return typeof value === 'object' && value !== null && 'exitCode' in value && 'stdout' in value
}

/** @throws SeatrialError `SEATRIAL_PROVISION_FAILED` (unsettled: setup) with the last lines, for any exit code but 0 */
export function demandProvisioned({ file }: Provision, { exitCode, stdout }: ExecResult): void {
  if (exitCode === 0) return
  const lines = stdout.trimEnd().split('\n').slice(-15)
  const told = lines.map((line) => `\n    ${line}`).join('')
  throw new SeatrialError('SEATRIAL_PROVISION_FAILED', `${file} ended with ${exitCode}:${told}`, {
    mend: `Mend ${file}, or the image that it runs in: its host was not booted.`,
    because: 'setup',
  })
}
