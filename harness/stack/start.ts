import { messageOf, SeatrialError, systemClock } from '../kernel/index.ts'
import type { Clock } from '../kernel/index.ts'
import type { BuildOptions, FileContent, RunScope } from '../substrate/index.ts'
import { startNetwork } from '../substrate/index.ts'
import { disposeAll } from './dispose-all.ts'
import type { EndpointContainerPart } from './endpoint-part.ts'
import { inOrderOfNeeds } from './order.ts'
import { readPartFiles } from './part-files.ts'
import type { StackSpec } from './spec.ts'
import type { StackPart, StartedStack } from './stack.ts'
import { imageOf, partAt, startPart } from './start-part.ts'

export interface StartStackOptions {
  readonly run: RunScope
  /** Folder that `build` and `files` are relative to. */
  readonly baseFolder: string
  readonly signal?: AbortSignal
  readonly clock?: Clock
  /** One line, when something takes long or is done. */
  readonly progress?: (line: string) => void
}

/** A stack that did not come up, with what its parts had to say until then. */
export class StackError extends SeatrialError {
  override readonly name = 'StackError'
  /** Logs of the parts that were up, by name. */
  readonly logs: ReadonlyMap<string, string>

  constructor(message: string, mend: string, logs: ReadonlyMap<string, string>, cause: unknown) {
    super('SEATRIAL_STACK_FAILED', message, { mend, because: 'setup', cause })
    this.logs = logs
  }
}

/**
 * Starts a stack: one network, and the parts in order of their needs, independent ones side by
 * side. On the network every part is found by its name. When one fails, all that was started is
 * disposed again.
 *
 * @throws StackError `SEATRIAL_STACK_FAILED` (unsettled: setup)
 * @throws SeatrialError when there is no engine; UsageError when a folder or file is not there
 */
export async function startStack(spec: StackSpec, options: StartStackOptions): Promise<StartedStack> {
  const { run, clock = systemClock, progress = () => undefined } = options
  const failed = new AbortController()
  const signal = AbortSignal.any([failed.signal, ...(options.signal === undefined ? [] : [options.signal])])
  const disposables: AsyncDisposable[] = []
  const parts: StackPart[] = []

  const startOne = async (name: string, network: string, ready: Prepared): Promise<void> => {
    const part = spec[name]
    const began = clock.elapsed()
    if (part?.url !== undefined) {
      parts.push(partAt(name, part.url))
      return
    }
    const endpoint = ready.endpoints.get(name)
    const image = endpoint?.image ?? ready.images.get(name)
    if (part === undefined || image === undefined) throw new Error(`${name} has no image`)
    const files = endpoint?.files ?? ready.files.get(name) ?? {}
    const started = await startPart(name, { ...part, ...endpoint?.part }, image, { run, network, files, signal })
    disposables.push(started)
    parts.push(started)
    progress(`${name} is up after ${Math.round(clock.elapsed() - began)} ms`)
  }

  try {
    const ready = await prepare(spec, options.baseFolder, { progress, signal })
    let network = ''
    if (ready.images.size + ready.endpoints.size > 0) {
      const started = await startNetwork(run)
      disposables.push(started)
      network = started.name
    }
    const failures = await inOrderOfNeeds(spec, async (name) => {
      signal.throwIfAborted()
      await startOne(name, network, ready).catch((error: unknown) => {
        failed.abort(error)
        throw error
      })
    })
    const [first] = failures
    if (first !== undefined) throw first.error
    options.signal?.throwIfAborted()
  } catch (error) {
    failed.abort(error)
    throw await afterFailure(error, parts, disposables)
  }

  let disposal: Promise<void> | undefined
  return {
    parts,
    part(name) {
      const found = parts.find((part) => part.name === name)
      if (found !== undefined) return found
      throw new SeatrialError('SEATRIAL_NO_SUCH_PART', `the stack has no part "${name}"`, {
        mend: `Name one of its parts: ${parts.map((part) => part.name).join(', ')}.`,
      })
    },
    [Symbol.asyncDispose]: () => (disposal ??= disposeAll(disposables)),
  }
}

interface Prepared {
  readonly files: ReadonlyMap<string, Record<string, FileContent>>
  readonly images: ReadonlyMap<string, string>
  readonly endpoints: ReadonlyMap<string, EndpointContainerPart>
}

// Files first, because a name that is wrong should be told before minutes of building; then all images
// side by side, because a part that waits for another should not wait for its build too.
async function prepare(spec: StackSpec, baseFolder: string, options: BuildOptions): Promise<Prepared> {
  const files = new Map<string, Record<string, FileContent>>()
  for (const [name, part] of Object.entries(spec)) {
    files.set(name, await readPartFiles(`stack.${name}.files`, part.files ?? {}, baseFolder))
  }
  const images = new Map<string, string>()
  const endpoints = new Map<string, EndpointContainerPart>()
  await Promise.all(
    Object.entries(spec).map(async ([name, part]) => {
      if (part.endpoint !== undefined) {
        // Loaded late: a stack without an endpoint has no use for all that one is made of.
        const { endpointContainerPart } = await import('./endpoint-part.ts')
        endpoints.set(name, await endpointContainerPart(name, part.endpoint, baseFolder, options))
        return
      }
      const image = await imageOf(part, baseFolder, options)
      if (image !== undefined) images.set(name, image)
    }),
  )
  return { files, images, endpoints }
}

/** Collects the logs, disposes what was started, and makes the error to throw. */
async function afterFailure(
  error: unknown,
  parts: readonly StackPart[],
  disposables: AsyncDisposable[],
): Promise<unknown> {
  const logs = new Map<string, string>()
  for (const { name, machine } of parts) {
    if (machine === undefined) continue
    logs.set(name, await machine.logs().catch((trouble: unknown) => `(no log: ${messageOf(trouble)})`))
  }
  const leftovers = await disposeAll(disposables).then(
    () => '',
    (trouble: unknown) => `; and its remains could not be removed: ${messageOf(trouble)}`,
  )
  // What was wrong with the question, or an abort, stays what it is; only a start that failed is the stack's failure.
  if (!(error instanceof SeatrialError) || error.because !== 'setup') return error
  return new StackError(`${error.message}${leftovers}`, error.mend, logs, error)
}
