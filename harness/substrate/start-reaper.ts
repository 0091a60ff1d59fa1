import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runMarker } from './run-labels.ts'

export interface Reaper {
  readonly pid: number
  /** Sends the reaper away without a deed, and resolves when its process has ended. */
  readonly dismiss: () => Promise<void>
}

/** Starts the reaper of a run: a detached process that outlives this one, whatever ends it. */
export async function startReaper(id: string, temporaryFolder: string): Promise<Reaper> {
  // The sources run as .ts, the built package as .js: the reaper lies beside this file in either form.
  const program = fileURLToPath(new URL(`./reaper${extname(fileURLToPath(import.meta.url))}`, import.meta.url))
  const env = { ...process.env }
  // It must not carry the marker of an outer run, whose reaper would kill it before it did its work,
  // nor the loaders and inspectors that were meant for this process.
  for (const name of [runMarker, 'NODE_OPTIONS', 'NODE_V8_COVERAGE', 'NODE_CHANNEL_FD']) delete env[name]
  const child = spawn(process.execPath, [program, id, temporaryFolder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env,
  })
  await once(child, 'spawn')
  const gone = once(child, 'exit')
  child.unref()
  // The pipe must not keep this process alive. What spawn made is a socket, though typed as a Writable.
  if (child.stdin instanceof Socket) child.stdin.unref()
  // A reaper that was killed by somebody else closes its end; the run itself goes on.
  child.stdin.on('error', () => undefined)
  return {
    pid: child.pid ?? 0,
    async dismiss() {
      child.ref()
      child.stdin.end('dismissed')
      if (child.exitCode === null && child.signalCode === null) await gone
    },
  }
}
