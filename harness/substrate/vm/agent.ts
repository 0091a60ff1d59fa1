import { SeatrialError, systemClock } from '../../kernel/index.ts'
import type { ExecResult } from '../machine.ts'
import { connect, lines } from './connect.ts'

/** The line to a machine from inside: `fixtures/images/virtual-machine/agent` is the other end. */
export interface Agent {
  /**
   * Runs a script of /bin/sh as root, one at a time.
   *
   * @throws SeatrialError `SEATRIAL_MACHINE_SILENT` (unsettled: timeout) when no answer comes in time
   */
  readonly ask: (
    script: string,
    options: { readonly deadlineMs: number; readonly signal?: AbortSignal },
  ) => Promise<ExecResult>
  readonly close: () => void
}

/** Milliseconds that an answer may take after its script was ended. */
const grace = 10_000

export async function connectAgent(
  address: { readonly host: string; readonly port: number },
  name: string,
  console: () => string,
): Promise<Agent> {
  const waiting = new Map<number, (result: ExecResult) => void>()
  let next = 0
  let turn: Promise<unknown> = Promise.resolve()
  const connection = await connect(address, {
    text: lines((line) => {
      const [id, code, stdout = '', stderr = ''] = line.replace(/\.$/, '').split(' ')
      const number = Number(id)
      waiting.get(number)?.({ exitCode: Number(code), stdout: text(stdout), stderr: text(stderr) })
      waiting.delete(number)
    }),
  })

  const ask: Agent['ask'] = async (script, { deadlineMs, signal }) => {
    signal?.throwIfAborted()
    const id = ++next
    const { promise, resolve } = Promise.withResolvers<ExecResult>()
    waiting.set(id, resolve)
    connection.write(`${id} ${Math.ceil(deadlineMs / 1000)} ${Buffer.from(script).toString('base64')}\n`)
    const over = new AbortController()
    const stop = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal])
    const late = systemClock.pause(deadlineMs + grace, stop).then(() => {
      const waited = Math.round((deadlineMs + grace) / 1000)
      const last = console().trimEnd().slice(-400)
      throw new SeatrialError(
        'SEATRIAL_MACHINE_SILENT',
        `${name} did not answer for ${waited} s; its console:\n${last}`,
        {
          mend: 'Look at the end of its console: it may be down, or busy with what it was asked.',
          because: 'timeout',
        },
      )
    })
    try {
      return await Promise.race([promise, late])
    } finally {
      waiting.delete(id)
      late.catch(() => {})
      over.abort()
    }
  }
  return {
    // The other end reads one line after the other; asked two at once, the second would lose time it was given.
    ask(script, options) {
      const mine = turn.then(() => ask(script, options))
      turn = mine.catch(() => undefined)
      return mine
    },
    close: connection.close,
  }
}

function text(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8')
}
