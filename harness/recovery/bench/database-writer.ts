import { SeatrialError, waitFor } from '../../kernel/index.ts'
import type { Machine } from '../../substrate/index.ts'
import type { DatabaseEngine } from './database-engine.ts'

/** What a client was told so far: orders are sent one after the other. */
export interface Told {
  readonly acknowledged: number
  readonly intended: number
}

/** A client that writes orders without end, and notes each before it is sent and when it was acknowledged. */
export interface Writer {
  readonly told: () => Promise<Told>
  /** Resolves when an order after the given one was acknowledged. */
  readonly past: (order: number) => Promise<Told>
  /** Ends with an order that was acknowledged: nothing is in flight. */
  readonly pause: () => Promise<Told>
  readonly resume: () => Promise<void>
}

const folder = '/seatrial/writer'

/** Starts it. The order after `seeded` is its first. */
export async function startWriter(
  host: Machine,
  { client }: DatabaseEngine,
  { seeded, env, signal }: { seeded: number; env: Readonly<Record<string, string>>; signal: AbortSignal },
): Promise<Writer> {
  await host.exec(['mkdir', '-p', folder])
  await host.writeFile(`${folder}/write`, write)
  const start = 'setsid bash "$0" "$@" </dev/null >/dev/null 2>&1 &'
  await host.exec(['bash', '-c', start, `${folder}/write`, String(seeded), ...client], { env })
  const told = async (): Promise<Told> => {
    const count = `awk '/^a /{a=$2} /^i /{i=$2} END{print a+0, i+0}' ${folder}/journal; cat ${folder}/trouble`
    const { stdout } = await host.exec(['bash', '-c', count])
    const [line = '', ...trouble] = stdout.trim().split('\n')
    if (trouble.length > 0) {
      throw new SeatrialError('SEATRIAL_WRITER', `the writer ended: ${trouble.join(' ')}`, {
        mend: 'A drill without writes under way proves nothing: find out why the server refused one.',
        because: 'prerequisite',
      })
    }
    const [acknowledged = 0, intended = 0] = line.split(' ').map(Number)
    return { acknowledged: Math.max(acknowledged, seeded), intended: Math.max(intended, seeded) }
  }
  const past = async (order: number): Promise<Told> =>
    waitFor(
      `an acknowledged order after ${order}`,
      async () => {
        const now = await told()
        return now.acknowledged > order ? { done: now } : { seen: `order ${now.acknowledged}` }
      },
      { deadlineMs: 60_000, everyMs: 100, signal },
    )
  await past(seeded)
  return {
    told,
    past,
    async pause() {
      await host.exec(['touch', `${folder}/pause`])
      await waitFor(
        'the writer to pause',
        async () => {
          const { exitCode } = await host.exec(['test', '-e', `${folder}/paused`])
          return exitCode === 0 ? { done: true } : { seen: 'it writes' }
        },
        { deadlineMs: 60_000, everyMs: 50, signal },
      )
      return told()
    },
    async resume() {
      const { acknowledged } = await told()
      await host.exec(['rm', '-f', `${folder}/pause`, `${folder}/paused`])
      await past(acknowledged)
    },
  }
}

// One client for all orders. It waits a little between two of them, as people do: on a pipe into which nobody writes.
const write = `#!/bin/bash
# write SEEDED CLIENT...: i N is noted before order N is sent, a N when it was acknowledged.
cd ${folder}; exec 3>>journal 9<> <(:); : >>trouble
n=$1; shift
coproc CLIENT { exec "$@" 2>client.log; }
to=\${CLIENT[1]} from=\${CLIENT[0]}
while :; do
  while [ -e pause ]; do : >paused; read -r -t 0.02 -u 9; done
  n=$((n + 1)); echo "i $n" >&3
  printf 'BEGIN;\\nCALL shop.place(%d);\\nCOMMIT;\\nSELECT %d;\\n' "$n" "$n" >&"$to" 2>/dev/null || break
  read -r answer <&"$from" && [ "$answer" = "$n" ] || break
  echo "a $n" >&3
  read -r -t 0.003 -u 9
done
{ echo "order $n was not acknowledged"; cat client.log; } >>trouble
`
