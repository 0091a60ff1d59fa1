import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { messageOf, SeatrialError, UsageError } from '../../kernel/index.ts'
import { alone } from '../process-lock.ts'
import { imageLabel } from '../run-labels.ts'
import { folderHash } from './folder-hash.ts'
import { followProgress } from './progress.ts'
import { ensureImage, hasImage } from './pull.ts'
import type { Dockerode } from './shaped-container.ts'
import { testcontainers } from './testcontainers.ts'

export interface BuildOptions {
  /** One line, when a build begins. */
  readonly progress?: (line: string) => void
  readonly signal?: AbortSignal
}

/**
 * Builds the image of a folder with a Dockerfile and returns its tag,
 * `seatrial/<folder name>:<hash of the folder>`. An image that is there is not built again, so a
 * second run costs a few milliseconds. Several processes may ask for the same folder at once.
 *
 * @throws UsageError when the folder has no Dockerfile
 * @throws SeatrialError `SEATRIAL_BUILD_FAILED` with the last log lines, `SEATRIAL_NO_BASE_IMAGE`
 */
export async function buildImage(folder: string, options: BuildOptions = {}): Promise<string> {
  const context = resolve(folder)
  const bases = basesOf(await dockerfileOf(context))
  const name = basename(context)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  const tag = `seatrial/${name}:${await folderHash(context)}`
  await buildOnce(
    tag,
    async (docker) => {
      for (const base of bases) await ensureBase(docker, base, context)
      await build(docker, context, tag, name, options.signal)
    },
    options,
  )
  return tag
}

/**
 * Builds the image of a folder that is put together only when it is needed. `tag` must change with
 * whatever goes into it, and is `seatrial/<name>:<hash>`.
 *
 * @throws SeatrialError as `buildImage`
 */
export async function buildAssembledImage(
  tag: string,
  assemble: () => Promise<AssembledContext>,
  options: BuildOptions = {},
): Promise<string> {
  await buildOnce(
    tag,
    async (docker) => {
      await using context = await assemble()
      for (const base of basesOf(await dockerfileOf(context.folder))) await ensureBase(docker, base, context.folder)
      const name = tag.replace(/^.*\//, '').replace(/:.*$/, '')
      await build(docker, context.folder, tag, name, options.signal)
    },
    options,
  )
  return tag
}

export interface AssembledContext extends AsyncDisposable {
  /** With a Dockerfile in it. */
  readonly folder: string
}

/** Does the work that ends in an image of the tag, unless it is there; alone among the processes of this machine. @internal */
export async function buildOnce(
  tag: string,
  work: (docker: Dockerode) => Promise<void>,
  options: BuildOptions,
): Promise<void> {
  const docker = await (await testcontainers()).dockerode()
  if (await hasImage(docker, tag)) return
  await alone(
    tag,
    async () => {
      // Whoever held the lock before us may have built it.
      if (await hasImage(docker, tag)) return
      options.progress?.(`building ${tag}`)
      await work(docker)
    },
    { deadlineMs: 15 * 60_000 },
  )
}

async function dockerfileOf(context: string): Promise<string> {
  try {
    return await readFile(join(context, 'Dockerfile'), 'utf8')
  } catch (error) {
    throw new UsageError({ path: 'build', given: context, wanted: 'a folder with a Dockerfile', cause: error })
  }
}

/** Images that a Dockerfile starts from: stages of its own and names made of arguments left out. */
export function basesOf(dockerfile: string): string[] {
  const froms = [...dockerfile.matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/gim)]
  const stages = new Set(froms.flatMap(([, , stage]) => (stage === undefined ? [] : [stage.toLowerCase()])))
  const images = froms.flatMap(([, image]) => (image === undefined ? [] : [image]))
  return [...new Set(images)].filter(
    (image) => image !== 'scratch' && !image.includes('$') && !stages.has(image.toLowerCase()),
  )
}

async function ensureBase(docker: Dockerode, base: string, context: string): Promise<void> {
  try {
    await ensureImage(docker, base)
  } catch (error) {
    throw new SeatrialError('SEATRIAL_NO_BASE_IMAGE', `${context} builds on ${base}: ${messageOf(error)}`, {
      mend: base === 'debian:bookworm-slim' ? 'npm run bootstrap' : `docker pull ${base}`,
      because: 'setup',
      cause: error,
    })
  }
}

async function build(
  docker: Dockerode,
  context: string,
  tag: string,
  name: string,
  signal?: AbortSignal,
): Promise<void> {
  const lines: string[] = []
  try {
    const stream = await docker.buildImage(
      { context, src: ['.'] },
      {
        t: tag,
        labels: { [imageLabel]: name },
        forcerm: true,
        ...(signal === undefined ? {} : { abortSignal: signal }),
      },
    )
    await followProgress(stream, (text) => lines.push(...text.split('\n').filter((line) => line.trim() !== '')), signal)
  } catch (error) {
    signal?.throwIfAborted()
    const tail = lines
      .slice(-15)
      .map((line) => `\n    ${line}`)
      .join('')
    throw new SeatrialError(
      'SEATRIAL_BUILD_FAILED',
      `the image of ${context} did not build: ${messageOf(error)}${tail}`,
      {
        mend: `docker build ${context}`,
        because: 'setup',
        cause: error,
      },
    )
  }
}
