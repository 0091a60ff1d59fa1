import { fileURLToPath } from 'node:url'
import { SeatrialError, systemClock } from '../../kernel/index.ts'
import type { ContainerSpec, FileContent, RunScope, StartedContainer } from '../../substrate/index.ts'
import { buildImage, startContainer } from '../../substrate/index.ts'
import type { Clocked } from './clocked.ts'
import { datedResult } from './dated-result.ts'
import { libraries, lookAtCommand, runUnderDate } from './run-under-date.ts'

export interface ContainerClockSpec extends Pick<ContainerSpec, 'image' | 'env' | 'files' | 'user'> {
  /** A container of its own for each date, for commands that leave something behind. */
  readonly fresh?: boolean
}

interface Context {
  readonly run: Pick<RunScope, 'labels'>
  readonly signal: AbortSignal
  readonly progress: (line: string) => void
}

const clockImage = fileURLToPath(new URL('../../../fixtures/images/clock', import.meta.url))

/** Milliseconds beyond a command's own time after which the engine itself is not waited for. */
const patienceMs = 60_000

const writable = 'Look whether the image lets its user write into /tmp.'

/**
 * Gives commands dates by libfaketime, which is put into a container of the image: the image needs nothing of it.
 *
 * @throws SeatrialError as `startContainer`, `buildImage`
 */
export async function containerClock(
  { fresh = false, ...spec }: ContainerClockSpec,
  context: Context,
): Promise<Clocked & Pick<StartedContainer, 'exec' | 'readFile'> & AsyncDisposable> {
  const preloaded = await libraryFiles(context)
  const open = (): Promise<StartedContainer> => {
    // The image's own entry point would run under the real date, beside what is tried.
    const idle = { name: 'dated', ...spec, entrypoint: ['tail', '-f', '/dev/null'], command: [] }
    const files = { ...spec.files, ...preloaded }
    return startContainer({ ...idle, files }, context.run, { signal: context.signal })
  }
  const container = await open()
  return {
    lane: 'container',
    slackSeconds: 30,
    async unreachable(command) {
      const { stdout } = await within(context, 0, container.exec(['sh', '-c', lookAtCommand, 'sh', ...command]))
      return toldOf(stdout, spec.image)
    },
    async run(command, { at, zone, limitMs, ready = '' }) {
      const limit = Math.max(1, Math.ceil(limitMs / 1_000))
      const script = ['sh', '-c', runUnderDate, 'sh', String(at), zone, String(limit), ready, ...command] as const
      if (!fresh) return datedResult(await within(context, limitMs, container.exec(script)), writable)
      await using own = await open()
      return datedResult(await within(context, limitMs, own.exec(script)), writable)
    },
    exec: container.exec,
    readFile: container.readFile,
    [Symbol.asyncDispose]: () => container[Symbol.asyncDispose](),
  }
}

/** @throws SeatrialError when the image cannot run it under any date */
function toldOf(stdout: string, image: string): readonly string[] {
  const lines = stdout.split('\n')
  const of = (word: string): string[] =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1))
  const [missing, absent] = [of('missing'), of('absent')]
  if (absent.length > 0) {
    throw new SeatrialError('SEATRIAL_NO_PROGRAM', `${image} has no program ${absent.join(', ')}`, {
      mend: 'Name a program of the image, or its whole path.',
      because: 'prerequisite',
    })
  }
  if (missing.length > 0 || lines.includes('foreign')) {
    const why =
      missing.length > 0 ? `has no ${missing.join(', ')}` : 'is built on musl, which the library is not made for'
    throw new SeatrialError('SEATRIAL_NO_DATE', `${image} ${why}`, {
      mend: 'Use an image of a distribution with glibc, or the machine lane, where the whole machine has the date.',
      because: 'unsupported',
    })
  }
  return of('static')
}

/** @throws SeatrialError past its time, the signal's reason when the run is ended */
async function within<T>({ signal }: Context, limitMs: number, work: Promise<T>): Promise<T> {
  const over = new AbortController()
  const late = systemClock.pause(limitMs + patienceMs, AbortSignal.any([signal, over.signal])).then((): never => {
    throw new SeatrialError('SEATRIAL_ENGINE_SILENT', 'the engine does not tell what became of a command', {
      mend: 'Look whether the engine answers: docker ps.',
      because: 'timeout',
    })
  })
  // Whoever loses ends with the container; nobody listens to it any more.
  work.catch(() => {})
  try {
    return await Promise.race([work, late])
  } finally {
    late.catch(() => {})
    over.abort()
  }
}

type Files = Readonly<Record<string, FileContent>>

let fetched: Promise<Files> | undefined

/** Once a process: the libraries are the same for every image. */
function libraryFiles(context: Context): Promise<Files> {
  fetched ??= fetchLibraries(context).catch((error: unknown) => {
    fetched = undefined
    throw error
  })
  return fetched
}

async function fetchLibraries({ run, signal, progress }: Context): Promise<Files> {
  const image = await buildImage(clockImage, { progress, signal })
  await using container = await startContainer({ name: 'clock', image }, run, { signal })
  const read = libraries.map(async (path) => [path, { content: await container.readFile(path), mode: 0o755 }] as const)
  return Object.fromEntries(await Promise.all(read))
}
