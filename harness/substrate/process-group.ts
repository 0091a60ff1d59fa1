import type { ChildProcessByStdio } from 'node:child_process'
import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { runMarker } from './run-labels.ts'

export interface GroupOptions {
  readonly cwd: string
  /** All that it sees of the environment, besides the marker of the run that is open. */
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs: number
  /** Ends the group when it is aborted. */
  readonly signal?: AbortSignal | undefined
}

/** How the first process of a group came to its end. */
export type GroupEnd =
  /** `code` is null when `by` ended it. */
  | { readonly kind: 'exit'; readonly code: number | null; readonly by: NodeJS.Signals | null }
  /** Still there at its time limit, and ended with all that it had started. */
  | { readonly kind: 'hung'; readonly afterMs: number }
  /** It could not be started: no such program, or none that may be run. */
  | { readonly kind: 'absent'; readonly why: string }

/** A program of somebody else's that runs, with everything that it starts. */
export interface ProcessGroup {
  readonly stdout: Readable
  readonly stderr: Readable
  /** Resolves when the first process has ended and both streams are read to their end; never rejects. */
  readonly ended: Promise<GroupEnd>
  /** Ends the whole group without a word. */
  readonly end: () => void
}

/** One listener for all groups: Node takes many of them for a leak. */
const endAtExit = new Set<() => void>()
process.once('exit', () => {
  for (const end of endAtExit) end()
})

/**
 * Starts a program in a process group of its own. The whole group is ended when its first process ends, when its time is
 * over, when the signal is aborted and when this process exits: nothing of it goes on behind anybody's back. Of a process
 * that is killed itself, the run's reaper finds the group by the marker.
 */
export function startGroup(
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env, timeoutMs, signal }: GroupOptions,
): ProcessGroup {
  const run = process.env[runMarker]
  const marked = run === undefined ? env : { ...env, [runMarker]: run }
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(program, args, {
    cwd,
    env: marked,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = (): void => {
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
    end()
  }, timeoutMs)
  signal?.addEventListener('abort', end)
  endAtExit.add(end)
  const ended = new Promise<GroupEnd>((resolve) => {
    child.once('error', (error) => resolve({ kind: 'absent', why: error.message }))
    // What it left in the background holds the streams open.
    child.once('exit', end)
    child.once('close', (code, by) => resolve(hung ? { kind: 'hung', afterMs: timeoutMs } : { kind: 'exit', code, by }))
  }).finally(() => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', end)
    endAtExit.delete(end)
  })
  if (signal?.aborted === true) end()
  return { stdout: child.stdout, stderr: child.stderr, ended, end }
}
