import { z } from 'zod'
import { messageOf, SeatrialError, waitFor } from '../../kernel/index.ts'
import type { Connection } from './connect.ts'
import { connect, lines } from './connect.ts'

/** QEMU's own line: power and disks. */
export interface Qmp {
  /** @throws SeatrialError `SEATRIAL_QEMU_REFUSED` with QEMU's words */
  readonly execute: (command: string, args?: Readonly<Record<string, unknown>>) => Promise<unknown>
  /** Why the machine went down, once it did: `guest-reset`, `guest-shutdown`, `host-qmp-quit`, ... */
  readonly shutdownReason: () => string | undefined
  readonly close: () => void
}

const message = z.union([
  z.object({ QMP: z.unknown() }),
  z.object({ event: z.string(), data: z.object({ reason: z.string().optional() }).optional() }),
  z.object({ return: z.unknown(), id: z.number().optional() }),
  z.object({ error: z.object({ class: z.string(), desc: z.string() }), id: z.number().optional() }),
])

/**
 * Connects to a QEMU that may still be starting.
 *
 * @see https://www.qemu.org/docs/master/interop/qmp-spec.html
 * @throws SeatrialError `SEATRIAL_WAIT_DEADLINE` when it does not greet in time
 */
export async function connectQmp(
  address: () => Promise<{ readonly host: string; readonly port: number }>,
  options: { readonly deadlineMs: number; readonly signal?: AbortSignal; readonly ended: () => string | undefined },
): Promise<Qmp> {
  const { deadlineMs, signal, ended } = options
  let reason: string | undefined
  const asked = new Map<number, { done: (value: unknown) => void; refused: (why: Error) => void }>()
  let next = 0

  const dial = async (): Promise<Connection> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const fail = (): void => {
      const gone = new SeatrialError('SEATRIAL_QEMU_GONE', 'QEMU closed its line', {
        mend: 'Look at what it wrote when it ended.',
      })
      reject(gone)
      for (const { refused } of asked.values()) refused(gone)
      asked.clear()
    }
    const connection = await connect(await address(), {
      text: lines((line) => {
        const told = message.safeParse(parsed(line))
        if (!told.success) return
        const { data } = told
        if ('QMP' in data) resolve()
        else if ('event' in data) {
          if (data.event === 'SHUTDOWN') reason = data.data?.reason
        } else if (data.id !== undefined) {
          const waiting = asked.get(data.id)
          asked.delete(data.id)
          if ('error' in data) waiting?.refused(refusal(data.error.desc))
          else waiting?.done(data.return)
        }
      }),
      close: fail,
    })
    // The engine's proxy takes a connection before there is anybody behind it: only the greeting counts.
    await promise
    return connection
  }
  const connection = await waitFor<Connection | string>(
    'QEMU to greet',
    async () => {
      const how = ended()
      return how === undefined ? { done: await dial() } : { done: how }
    },
    { deadlineMs, ...(signal !== undefined && { signal }) },
  )
  if (typeof connection === 'string') {
    throw new SeatrialError('SEATRIAL_QEMU_ENDED', `QEMU did not start: ${connection}`, {
      mend: 'Look at its words: a disk that is not one, or an option that this QEMU does not know.',
      because: 'setup',
    })
  }

  const execute = (command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const id = ++next
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    asked.set(id, { done: resolve, refused: reject })
    connection.write(`${JSON.stringify({ execute: command, id, ...(args !== undefined && { arguments: args }) })}\n`)
    return promise
  }
  await execute('qmp_capabilities')
  return { execute, shutdownReason: () => reason, close: connection.close }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    return { notJson: messageOf(error) }
  }
}

function refusal(why: string): SeatrialError {
  return new SeatrialError('SEATRIAL_QEMU_REFUSED', `QEMU refuses: ${why}`, {
    mend: 'Ask for what the machine has: see the disks and devices it was started with.',
  })
}
