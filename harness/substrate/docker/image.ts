import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
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
 * Builds the image of a folder with a Dockerfile and returns its tag, `seatrial/<folder name>:<hash>`: of the folder, and
 * of what the names in its FROM lines stand for today. An image that is there is not built again, so a second run costs a
 * few milliseconds. Several processes may ask for the same folder at once.
 *
 * @throws UsageError when the folder has no Dockerfile
 * @throws SeatrialError `SEATRIAL_BUILD_FAILED` with the last log lines, `SEATRIAL_NO_BASE_IMAGE`
 */
export async function buildImage(folder: string, options: BuildOptions = {}): Promise<string> {
  const context = resolve(folder)
  const dockerfile = await dockerfileOf(context)
  const name = basename(context)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  const tag = await tagOf(name, { dockerfile, content: await folderHash(context), origin: context })
  await buildOnce(tag, (docker) => build(docker, context, tag, name, options.signal), options)
  return tag
}

/** An image whose folder is put together only when it is needed. */
export interface ImageRecipe {
  readonly name: string
  readonly dockerfile: string
  /** Changes with whatever `add` puts there; left out where the Dockerfile is all. */
  readonly content?: string
  /** Puts files beside the Dockerfile. */
  readonly add?: (folder: string) => Promise<void>
}

/**
 * Builds the image of a recipe and returns its tag, `seatrial/<name>:<hash>`, as `buildImage` does.
 *
 * @throws SeatrialError as `buildImage`
 */
export async function buildAssembledImage(recipe: ImageRecipe, options: BuildOptions = {}): Promise<string> {
  const { name, dockerfile, content = '', add } = recipe
  const tag = await tagOf(name, { dockerfile, content, origin: `the image ${name}` })
  const work = async (docker: Dockerode): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), `seatrial-${name}-`))
    try {
      await writeFile(join(folder, 'Dockerfile'), dockerfile)
      await add?.(folder)
      await build(docker, folder, tag, name, options.signal)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  await buildOnce(tag, work, options)
  return tag
}

/** A base that keeps its name and changes makes another image: what is tested must be what was meant. */
async function tagOf(
  name: string,
  { dockerfile, content, origin }: { readonly dockerfile: string; readonly content: string; readonly origin: string },
): Promise<string> {
  const docker = await (await testcontainers()).dockerode()
  const bases = await Promise.all(basesOf(dockerfile).map((base) => baseId(docker, base, origin)))
  const hash = createHash('sha256').update(JSON.stringify([dockerfile, content, bases]))
  return `seatrial/${name}:${hash.digest('hex').slice(0, 12)}`
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

/** The engine's own name for what a base is called now. @throws SeatrialError `SEATRIAL_NO_BASE_IMAGE` */
async function baseId(docker: Dockerode, base: string, origin: string): Promise<string> {
  try {
    await ensureImage(docker, base)
    return (await docker.getImage(base).inspect()).Id
  } catch (error) {
    throw new SeatrialError('SEATRIAL_NO_BASE_IMAGE', `${origin} builds on ${base}: ${messageOf(error)}`, {
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
