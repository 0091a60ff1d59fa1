import { constants } from 'node:os'
import type { GroupEnd } from '../substrate/index.ts'
import { startGroup } from '../substrate/index.ts'

export interface ProcessOptions {
  readonly cwd: string
  /** All that it sees of the environment. */
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** How a process came to its end; one that a signal ended is told as shells tell it. */
export type End = Exclude<GroupEnd, { kind: 'exit' }> | { readonly kind: 'exit'; readonly code: number }

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
  command: readonly [string, ...string[]],
  { signal, ...options }: ProcessOptions,
): Promise<Ended> {
  signal.throwIfAborted()
  const group = startGroup(command, { ...options, signal })
  const [stdout, stderr] = [tail(group.stdout), tail(group.stderr)]
  const end = await group.ended
  signal.throwIfAborted()
  return { end: end.kind === 'exit' ? { kind: 'exit', code: codeOf(end) } : end, stdout: stdout(), stderr: stderr() }
}

function codeOf({ code, by }: GroupEnd & { kind: 'exit' }): number {
  return code ?? (by === null ? 1 : 128 + constants.signals[by])
}

function tail(stream: NodeJS.ReadableStream): () => string {
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    text = (text + chunk).slice(-kept)
  })
  return () => text
}
