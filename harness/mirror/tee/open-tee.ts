import type { Dispatcher } from 'undici'
import { systemClock } from '../../kernel/index.ts'
import type { Copy } from '../copies/copy.ts'
import type { Asked } from '../exchange.ts'
import { carry } from './carry.ts'
import type { Client } from './client.ts'
import type { Certificate } from './open-door.ts'
import { openDoor } from './open-door.ts'
import { openHttp1 } from './open-http1.ts'
import { openHttp2 } from './open-http2.ts'
import type { From } from './protocol.ts'

export interface TeeOptions {
  readonly listen: { readonly host: string; readonly port: number }
  /** With one, it speaks TLS. */
  readonly certificate?: Certificate
  readonly primary: { readonly url: URL; readonly pool: Dispatcher }
  /** Asked once for each request; the copy that wants to hear of it, if any. */
  readonly copyOf: (asked: Asked, from: From) => Copy | undefined
  /** Told of each request that nobody may copy. */
  readonly uncopied: () => void
}

/** A reverse proxy that stands before the primary. */
export interface Tee {
  readonly url: URL
  /** Takes no new connection, lets what is under way end for so many milliseconds, then closes the rest. */
  readonly close: (graceMs: number) => Promise<void>
}

/** Bytes of a request's head; Node's own limit is a quarter of what servers take. */
const maxHeaderSize = 64 * 1_024

/** @throws UsageError when nobody can listen there, or with this certificate */
export async function openTee({ listen, certificate, primary, copyOf, uncopied }: TeeOptions): Promise<Tee> {
  const take = (client: Client, from: From): void =>
    carry(client, { primary: primary.pool, copy: copyOf(client.asked, from) })
  const http1 = openHttp1({ take, uncopied, maxHeaderSize, primary: primary.url })
  const http2 = openHttp2({ take, uncopied, maxHeaderSize })
  const door = await openDoor({ listen, certificate, http1: http1.take, http2: http2.take })
  return {
    url: door.url,
    async close(graceMs) {
      const closed = door.close()
      http1.close()
      http2.close()
      const rest = new AbortController()
      const late = systemClock.pause(graceMs, rest.signal).then(
        () => {
          http1.destroy()
          http2.destroy()
        },
        () => undefined,
      )
      await closed
      rest.abort()
      await late
    },
  }
}
