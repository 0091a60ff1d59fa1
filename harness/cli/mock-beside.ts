import type { CoverageReport } from '../endpoints/index.ts'
import type { CreateOptions } from '../endpoints/core/create.ts'
import { serveMetadataTo } from '../endpoints/faces/containers.ts'
import { UsageError } from '../kernel/index.ts'
import { findContainer, openRun } from '../substrate/index.ts'
import type { Io } from './command.ts'

/**
 * `seatrial mock imds --beside CONTAINER`: metadata at its true address, inside the network namespace of a container
 * that somebody else has started, until we are told to end.
 *
 * @returns what was exercised
 */
export async function mockBeside(
  kind: string,
  container: string,
  options: CreateOptions,
  io: Io,
  ended: (signal: AbortSignal) => Promise<void>,
): Promise<CoverageReport> {
  if (kind !== 'imds') {
    throw new UsageError({
      path: 'seatrial mock --beside',
      given: kind,
      wanted: 'imds',
      mend: 'No other endpoint has an address of its own: leave --beside out.',
    })
  }
  const application = await findContainer(container)
  await using run = await openRun()
  const progress = (line: string): void => io.err(`${line}\n`)
  await using metadata = await serveMetadataTo(application, { ...options, progress }, run)
  io.out(`${JSON.stringify({ ready: true, url: metadata.url, beside: application.name })}\n`)
  // Nothing here listens: without this the process would end, there being nothing left to do.
  const awake = setInterval(() => undefined, 60_000)
  try {
    await ended(io.signal)
  } finally {
    clearInterval(awake)
  }
  // Awaited here: at the end of this block it is gone.
  return await metadata.coverage()
}
