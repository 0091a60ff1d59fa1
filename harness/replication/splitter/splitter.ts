import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { messageOf, SeatrialError } from '../../kernel/index.ts'
import { channelOn } from './channel.ts'
import { lastWrite } from './gtid.ts'
import { serve } from './session.ts'
import type { Address, Leading, ReadAfter, Shared, SplitterCounts } from './shared.ts'

export interface SplitterOptions extends Leading {
  readonly after: ReadAfter
  /** Passwords of the accounts that may be led to replicas; others are served by the primary alone. */
  readonly passwords: Readonly<Record<string, string>>
}

export interface Splitter extends AsyncDisposable {
  readonly address: Address
  readonly counts: Readonly<SplitterCounts>
  /** Leads new sessions elsewhere and breaks the open ones, as a promotion wants it. */
  readonly lead: (to: Leading) => void
}

/**
 * A read/write splitting proxy for MariaDB: SELECT outside a transaction goes to a replica, everything else to the
 * primary. Statements are read as text (COM_QUERY); prepared ones and sessions with state of their own stay at the
 * primary. It speaks no TLS and no compression.
 *
 *     client --handshake, writes, transactions--> primary      @@last_gtid after each write
 *        \--SELECT ... FROM--> replica                         MASTER_GTID_WAIT before each read
 *
 * @throws SeatrialError `SEATRIAL_SPLITTER` when no port can be listened on
 */
export async function startSplitter({ after, passwords, ...leading }: SplitterOptions): Promise<Splitter> {
  const counts: SplitterCounts = { atReplica: 0, turned: 0 }
  const shared: Shared = { leading, after, passwords, last: lastWrite(), counts, turn: 0 }
  const clients = new Set<ReturnType<typeof channelOn>>()
  const listener = createServer({ noDelay: true }, (socket) => {
    const client = channelOn(socket)
    clients.add(client)
    void client.closed.then(() => clients.delete(client))
    void serve(client, shared)
  })
  const breakAll = (): void => {
    for (const client of clients) client.close()
  }
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(0, '127.0.0.1', resolve)
  }).catch((cause: unknown) => {
    const mend = `Free a port of loopback: ${messageOf(cause)}.`
    throw new SeatrialError('SEATRIAL_SPLITTER', 'the splitter found no port', { mend, because: 'setup', cause })
  })
  // A TCP server's address is never a string or null once it listens.
  const { port } = listener.address() as AddressInfo
  return {
    address: { host: '127.0.0.1', port },
    counts,
    lead(to) {
      shared.leading = to
      breakAll()
    },
    async [Symbol.asyncDispose]() {
      breakAll()
      // A second disposal finds the port closed already.
      await new Promise<void>((resolve) => listener.close(() => resolve()))
    },
  }
}
