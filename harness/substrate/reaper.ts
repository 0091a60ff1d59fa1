import { text } from 'node:stream/consumers'
import { findEngine } from './docker/engine.ts'
import { reapRun } from './reap.ts'

/**
 * A program of its own: `node reaper.ts <id> <temporary folder>`, started by `openRun`, detached.
 * It holds the read end of a pipe. When the run ends in order, it is told "dismissed" and goes.
 * When the pipe closes without that word, the run's process is dead, by SIGKILL even, and the
 * reaper removes what it left behind.
 */
const [id, temporaryFolder] = process.argv.slice(2)
if (id === undefined || temporaryFolder === undefined) {
  process.stderr.write('usage: reaper <run id> <temporary folder>\n')
  process.exit(3)
}

// A terminal's Ctrl-C and hang-up reach the whole session: they are for the run, not for its reaper.
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined)

const word = await text(process.stdin).catch(() => '')
if (word !== 'dismissed') {
  const engine = await findEngine()
  const troubles = await reapRun({ id, temporaryFolder, ...(engine.found ? { endpoint: engine.endpoint } : {}) })
  process.exit(troubles.length === 0 ? 0 : 1)
}
