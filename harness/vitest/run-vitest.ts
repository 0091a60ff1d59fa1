import { createVitest } from 'vitest/node'
import type { Reporter, TestRunEndReason } from 'vitest/node'
import { messageOf, SeatrialError, UsageError } from '../kernel/index.ts'

export interface VitestRunOptions {
  readonly root: string
  /** Parts of file names; all files when empty. */
  readonly filters: readonly string[]
  readonly projects: readonly string[]
  readonly namePattern?: string
  /** `1/3`: write blobs for this share of the files. */
  readonly shard?: string
  /** Merge the blobs of this folder instead of running tests. */
  readonly mergeReports?: string
  readonly reporters: readonly (Reporter | string)[]
  /** Aborted: the run is cancelled and every teardown still happens. */
  readonly signal: AbortSignal
}

export interface VitestRunResult {
  readonly reason: TestRunEndReason
  /** Tests that really ran, whatever came of them. */
  readonly ran: number
  readonly failed: number
  /** Errors outside any test: they fail the run. */
  readonly unhandled: readonly unknown[]
}

/**
 * Milliseconds that an ended run has for its cleanups. A worker that is too busy to listen is
 * then left behind, and goes with the processes of the run.
 */
const graceMs = 4_000

const endings: readonly (string | symbol)[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs Vitest in this process so that an ended run is torn down. Bare Vitest ends the process on
 * the first signal when there is no terminal: no fixture cleanup, no teardown, no report.
 *
 * @throws UsageError for a project that there is none of
 * @throws SeatrialError `SEATRIAL_VITEST` when Vitest cannot start
 */
export async function runVitest(options: VitestRunOptions): Promise<VitestRunResult> {
  using _signals = keepOwnSignalHandlers()
  const counter = new Counter()
  const vitest = await createVitest({
    watch: false,
    root: options.root,
    reporters: [...options.reporters, counter],
    ...(options.projects.length > 0 && { project: [...options.projects] }),
    ...(options.namePattern !== undefined && { testNamePattern: options.namePattern }),
    ...(options.shard !== undefined && { shard: options.shard }),
    ...(options.mergeReports !== undefined && { mergeReports: options.mergeReports }),
  }).catch((cause: unknown) => didNotStart(options.projects, cause))
  const cancel = (): void => void vitest.cancelCurrentRun('keyboard-input')
  options.signal.addEventListener('abort', cancel)
  using late = lateAfter(options.signal, graceMs)
  try {
    if (options.signal.aborted) return { reason: 'interrupted', ran: 0, failed: 0, unhandled: [] }
    const done = options.mergeReports === undefined ? vitest.start([...options.filters]) : vitest.mergeReports()
    // No file at all is no defect: the caller says what was asked for and what to do.
    const settled = done.catch((error: unknown) => {
      if (!hasCode(error, 'VITEST_FILES_NOT_FOUND')) throw error
      counter.reason = 'failed'
    })
    await Promise.race([settled, late.reached])
    const { ran, failed, unhandled, reason } = counter
    return { reason: options.signal.aborted ? 'interrupted' : reason, ran, failed, unhandled }
  } finally {
    options.signal.removeEventListener('abort', cancel)
    await Promise.race([vitest.close(), late.reached])
  }
}

/** `reached` resolves so many milliseconds after the signal was aborted, and never without that. */
function lateAfter(signal: AbortSignal, ms: number): Disposable & { readonly reached: Promise<void> } {
  const { promise: reached, resolve } = Promise.withResolvers<void>()
  let timer: NodeJS.Timeout | undefined
  const begin = (): void => void (timer = setTimeout(resolve, ms))
  signal.addEventListener('abort', begin, { once: true })
  return {
    reached,
    [Symbol.dispose]() {
      signal.removeEventListener('abort', begin)
      clearTimeout(timer)
    },
  }
}

function didNotStart(projects: readonly string[], cause: unknown): never {
  if (messageOf(cause).startsWith('No projects matched')) {
    throw new UsageError({
      path: 'seatrial test --project',
      given: projects.map((name) => JSON.stringify(name)).join(', '),
      wanted: 'the name of a project of vitest.config.ts',
      mend: 'Look at `test.projects` in vitest.config.ts.',
      cause,
    })
  }
  throw new SeatrialError('SEATRIAL_VITEST', 'Vitest did not start', { mend: 'Look at vitest.config.ts.', cause })
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

class Counter implements Reporter {
  ran = 0
  failed = 0
  unhandled: readonly unknown[] = []
  reason: TestRunEndReason = 'interrupted'

  onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (modules, errors, reason) => {
    this.reason = reason
    this.unhandled = [...errors, ...modules.flatMap((module) => module.errors())]
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state))
    this.ran = states.filter((state) => state === 'passed' || state === 'failed').length
    this.failed = states.filter((state) => state === 'failed').length
  }
}

/** Takes away every handler that Vitest adds to the signals that end a run, and leaves ours. */
function keepOwnSignalHandlers(): Disposable {
  const onNew = (event: string | symbol, listener: (...args: unknown[]) => void): void => {
    // Told before the listener is added, so it is taken away just after.
    if (endings.includes(event)) queueMicrotask(() => process.off(event, listener))
  }
  process.on('newListener', onNew)
  return { [Symbol.dispose]: () => void process.off('newListener', onNew) }
}
