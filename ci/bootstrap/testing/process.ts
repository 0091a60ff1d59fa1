import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { waitFor } from '../../../harness/kernel/index.ts'

export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** Collects what a process says; `finished` resolves when it is gone. */
export function listen(child: ChildProcess): { stdout: () => string; stderr: () => string } {
  const heard = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk: Buffer) => (heard.stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (heard.stderr += chunk.toString()))
  return { stdout: () => heard.stdout, stderr: () => heard.stderr }
}

export async function finished(child: ChildProcess, heard = listen(child)): Promise<Finished> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
  return { code: child.exitCode, signal: child.signalCode, stdout: heard.stdout(), stderr: heard.stderr() }
}

/** Waits until a process has said something. */
export async function says(heard: () => string, text: string): Promise<void> {
  await waitFor(`a process to say "${text}"`, () => (heard().includes(text) ? { done: true } : { seen: heard() }), {
    deadlineMs: 10_000,
  })
}
