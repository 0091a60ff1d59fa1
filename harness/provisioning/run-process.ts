import { spawn } from 'node:child_process'
import { constants } from 'node:os'

export interface ProcessOptions {
  readonly cwd: string
  /** All that it sees of the environment. */
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** How a process came to its end. */
export type End =
  | { readonly kind: 'exit'; readonly code: number }
  /** Still there at its time limit, and ended with all that it had started. */
  | { readonly kind: 'hung'; readonly afterMs: number }
  /** It could not be started: no such program, or none that may be run. */
  | { readonly kind: 'absent'; readonly why: string }

export interface Ended {
  readonly end: End
  readonly stdout: string
  readonly stderr: string
}

/** What is kept of each stream: its end, where the reason for a failure stands. */
const kept = 64 * 1024

/**
 * Runs a program in a process group of its own until it ends, or until its time is over; then the whole group is ended.
 * Whatever it leaves running behind itself ends with it.
 *
 * @throws the signal's reason when the run is ended from outside
 */
export async function runProcess(
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env, timeoutMs, signal }: ProcessOptions,
): Promise<Ended> {
  signal.throwIfAborted()
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr] = [tail(child.stdout), tail(child.stderr)]
  const endGroup = (): void => {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // Nobody is left in the group.
    }
  }
  let hung = false
  const timer = setTimeout(() => {
    hung = true
    endGroup()
  }, timeoutMs)
  signal.addEventListener('abort', endGroup)
  try {
    const end = await new Promise<End>((resolve) => {
      child.once('error', (error) => resolve({ kind: 'absent', why: error.message }))
      // What it left in the background holds the streams open.
      child.once('exit', endGroup)
      child.once('close', (code, by) => resolve({ kind: 'exit', code: code ?? codeOf(by) }))
    })
    signal.throwIfAborted()
    return { end: hung ? { kind: 'hung', afterMs: timeoutMs } : end, stdout: stdout(), stderr: stderr() }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', endGroup)
  }
}

/** A process that a signal ended is told as shells tell it. */
function codeOf(signal: NodeJS.Signals | null): number {
  return signal === null ? 1 : 128 + constants.signals[signal]
}

function tail(stream: NodeJS.ReadableStream): () => string {
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    text = (text + chunk).slice(-kept)
  })
  return () => text
}
