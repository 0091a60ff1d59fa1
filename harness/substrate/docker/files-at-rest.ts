import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { Readable as ReadableStream } from 'node:stream'
import { z } from 'zod'
import { messageOf, SeatrialError } from '../../kernel/index.ts'
import { openRun } from '../run-scope.ts'
import type { Dockerode } from './shaped-container.ts'
import { testcontainers } from './testcontainers.ts'

/** What the engine tells of one path. Source: Docker Engine API, `HEAD /containers/{id}/archive`. */
export interface PathFacts {
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  /** Permission bits, such as 0o600. */
  readonly mode: number
  /** Bytes. */
  readonly size: number
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number
  /** Of a link: where it leads in the end. */
  readonly target?: string
}

/** The files of a container, whether it runs or not, without what is mounted in it. Disposing removes what was made for it. */
export interface FilesAtRest extends AsyncDisposable {
  /** Undefined for nothing. @throws Error for what the engine cannot tell, such as links that go round in a circle */
  readonly facts: (path: string) => Promise<PathFacts | undefined>
  /** A folder with all that is in it, or a file, as a tar archive whose names begin with its own; undefined for nothing. */
  readonly archive: (path: string) => Promise<Readable | undefined>
}

/**
 * The files of an image, by a container that is made of it, labelled, and never started.
 *
 * @throws SeatrialError `SEATRIAL_NO_ENGINE`, `SEATRIAL_NO_IMAGE` (unsettled: prerequisite)
 */
export async function filesOfImage(image: string): Promise<FilesAtRest> {
  const docker = await (await testcontainers()).dockerode()
  const run = await openRun()
  try {
    // An image may have no command; it is never run.
    const container = await docker.createContainer({ Image: image, Cmd: ['/'], Labels: { ...run.labels } })
    return filesOf(container, async () => run[Symbol.asyncDispose]())
  } catch (error) {
    await run[Symbol.asyncDispose]()
    throw new SeatrialError('SEATRIAL_NO_IMAGE', `the image ${image} cannot be read: ${messageOf(error)}`, {
      mend: `Look which images there are: docker images; fetch one: docker pull ${image}`,
      because: 'prerequisite',
      cause: error,
    })
  }
}

/** The same of a container as it stands. @throws SeatrialError `SEATRIAL_NO_ENGINE`, `SEATRIAL_NO_CONTAINER` (unsettled: prerequisite) */
export async function filesOfContainer(name: string): Promise<FilesAtRest> {
  const docker = await (await testcontainers()).dockerode()
  const container = docker.getContainer(encodeURIComponent(name))
  try {
    await container.inspect()
  } catch (error) {
    throw new SeatrialError('SEATRIAL_NO_CONTAINER', `the container ${name} cannot be read: ${messageOf(error)}`, {
      mend: 'Look which ones there are: docker ps --all',
      because: 'prerequisite',
      cause: error,
    })
  }
  return filesOf(container, async () => undefined)
}

function filesOf(container: ReturnType<Dockerode['getContainer']>, dispose: () => Promise<void>): FilesAtRest {
  async function unlessAbsent<T>(asked: Promise<T>): Promise<T | undefined> {
    try {
      return await asked
    } catch (error) {
      if (!isAbsent(error)) throw error
      // The engine says the same of a path that is not there and of a container that is gone.
      await container.inspect()
      return undefined
    }
  }
  return {
    async facts(path) {
      // Its declared type is a stream; what comes is the answer with its head.
      const answer = (await unlessAbsent(container.infoArchive({ path }))) as IncomingMessage | undefined
      answer?.resume()
      return answer && factsIn(answer.headers['x-docker-container-path-stat'])
    },
    async archive(path) {
      const stream = await unlessAbsent(container.getArchive({ path }))
      // dockerode promises less of it than it is.
      return stream === undefined || stream instanceof ReadableStream ? stream : new ReadableStream().wrap(stream)
    },
    [Symbol.asyncDispose]: dispose,
  }
}

function isAbsent(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'statusCode' in error && error.statusCode === 404
}

const stat = z.looseObject({
  mode: z.number(),
  size: z.number(),
  mtime: z.iso.datetime({ offset: true }),
  linkTarget: z.string(),
})

/** @throws Error for a head that is none */
function factsIn(head: string | string[] | undefined): PathFacts {
  const { mode, size, mtime, linkTarget } = stat.parse(JSON.parse(Buffer.from(String(head), 'base64').toString()))
  // Bits of Go's fs.FileMode, in its own places.
  const has = (bit: number): boolean => Math.floor(mode / 2 ** bit) % 2 === 1
  const isOther = [19, 24, 25, 26].some(has)
  const kind = has(31) ? 'folder' : has(27) ? 'link' : isOther ? 'other' : 'file'
  const special = (has(23) ? 0o4000 : 0) + (has(22) ? 0o2000 : 0) + (has(20) ? 0o1000 : 0)
  return {
    kind,
    mode: (mode % 0o1000) + special,
    size,
    modifiedAt: Date.parse(mtime),
    ...(kind === 'link' && { target: linkTarget }),
  }
}
