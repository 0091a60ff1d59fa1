import type { Readable } from 'node:stream'
import { Readable as ReadableStream } from 'node:stream'
import { messageOf, SeatrialError } from '../../kernel/index.ts'
import { openRun } from '../run-scope.ts'
import { testcontainers } from './testcontainers.ts'

/** The files of a container as a tar archive that passes. Disposing removes what was made for it. */
export interface ExportedFiles extends AsyncDisposable {
  readonly bytes: Readable
}

/**
 * Exports the files of an image, by a container that is made of it, labelled, and never started.
 *
 * @throws SeatrialError `SEATRIAL_NO_ENGINE`, `SEATRIAL_NO_IMAGE` (unsettled: prerequisite)
 */
export async function exportImage(image: string): Promise<ExportedFiles> {
  const docker = await (await testcontainers()).dockerode()
  const run = await openRun()
  try {
    // An image may have no command; it is never run.
    const container = await docker.createContainer({ Image: image, Cmd: ['/'], Labels: { ...run.labels } })
    return { bytes: asReadable(await container.export()), [Symbol.asyncDispose]: () => run[Symbol.asyncDispose]() }
  } catch (error) {
    await run[Symbol.asyncDispose]()
    throw new SeatrialError('SEATRIAL_NO_IMAGE', `the image ${image} cannot be read: ${messageOf(error)}`, {
      mend: `Look which images there are: docker images; fetch one: docker pull ${image}`,
      because: 'prerequisite',
      cause: error,
    })
  }
}

/**
 * Exports the files of a container as they stand, whether it runs or not; without what is mounted in it.
 *
 * @throws SeatrialError `SEATRIAL_NO_ENGINE`, `SEATRIAL_NO_CONTAINER` (unsettled: prerequisite)
 */
export async function exportContainer(name: string): Promise<ExportedFiles> {
  const docker = await (await testcontainers()).dockerode()
  try {
    const bytes = asReadable(await docker.getContainer(encodeURIComponent(name)).export())
    return { bytes, [Symbol.asyncDispose]: async () => void bytes.destroy() }
  } catch (error) {
    throw new SeatrialError('SEATRIAL_NO_CONTAINER', `the container ${name} cannot be read: ${messageOf(error)}`, {
      mend: 'Look which ones there are: docker ps --all',
      because: 'prerequisite',
      cause: error,
    })
  }
}

/** dockerode promises less of it than it is. */
function asReadable(stream: NodeJS.ReadableStream): Readable {
  return stream instanceof ReadableStream ? stream : new ReadableStream().wrap(stream)
}
