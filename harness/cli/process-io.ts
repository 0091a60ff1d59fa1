import { once } from 'node:events'
import type { Io } from './command.ts'

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const exitBySignal = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** The real terminal, environment and signals. The first signal asks for an orderly end, a second one ends at once. */
export function processIo(): Io {
  const ending = new AbortController()
  for (const name of endings) {
    process.on(name, () => {
      if (ending.signal.aborted) process.exit(exitBySignal[name])
      ending.abort(new Error(`ended by ${name}`))
    })
  }
  // A reader that went away (`| head`) is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  const interactive = process.stdout.isTTY
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  const colour =
    (NO_COLOR ?? '') === '' && ((FORCE_COLOR ?? '') !== '' ? FORCE_COLOR !== '0' : interactive && TERM !== 'dumb')
  return {
    out: (text) => void process.stdout.write(text),
    async drained() {
      if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain')
    },
    err: (text) => void process.stderr.write(text),
    colour,
    interactive,
    signal: ending.signal,
    workingDirectory: process.cwd(),
    env: process.env,
  }
}
