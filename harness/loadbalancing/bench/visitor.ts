import type { IncomingMessage, RequestOptions } from 'node:http'
import { Agent, request } from 'node:http'
import type { Socket } from 'node:net'
import { z } from 'zod'
import { messageOf } from '../../kernel/index.ts'
import type { Front, Way } from './way.ts'

/** What a visitor asks. */
export interface Visit {
  readonly path?: string
  readonly method?: string
  readonly fields?: Readonly<Record<string, string | readonly string[]>>
  /** The name by which echo servers know it; a new one unless said. */
  readonly visit?: string
}

/** What came of it: an answer, or why there was none. */
export interface Answer {
  /** The name by which echo servers know it. */
  readonly visit: string
  /** 0 when nobody answered. */
  readonly status: number
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** The echo server that answered; undefined when it was the balancer itself. */
  readonly server: string | undefined
  readonly content: string
  /** Milliseconds from the request to the whole answer, or to its failure. */
  readonly ms: number
  readonly trouble: string | undefined
}

/** Somebody with one connection to the balancer, which is kept, and opened again when it is closed. */
export interface Visitor extends Disposable {
  readonly ask: (visit?: Visit) => Promise<Answer>
  /** How many connections it took. */
  readonly connections: () => number
  /** Goes away, in the middle of whatever it asked, and even of connecting. */
  readonly leave: () => void
}

export interface VisitorOptions {
  readonly host: string
  readonly path: string
  readonly from?: string
  /** Milliseconds for an answer; 10 000 unless said. */
  readonly deadlineMs?: number
}

const said = z.object({ server: z.string() })
let visits = 0

export function visitor(way: Way, front: Front, { host, path, from, deadlineMs = 10_000 }: VisitorOptions): Visitor {
  let [connections, last, gone]: [number, Socket | undefined, boolean] = [0, undefined, false]
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  agent.createConnection = (_options, made) => {
    connections++
    way.open(front, { from, serverName: host }).then(
      (socket) => {
        last = socket
        made?.(null, socket)
        if (gone) socket.resetAndDestroy()
      },
      (error: unknown) => made?.(error instanceof Error ? error : new Error(String(error)), undefined as never),
    )
    return undefined
  }
  return {
    connections: () => connections,
    leave() {
      gone = true
      last?.resetAndDestroy()
    },
    async ask({ path: own = path, method = 'GET', fields = {}, visit = `${process.pid}-${++visits}` } = {}) {
      gone = false
      const began = performance.now()
      const over = AbortSignal.timeout(deadlineMs)
      try {
        const headers = { Host: host, ...fields, 'X-Seatrial-Visit': visit }
        const { response, content } = await asked({ agent, path: own, method, headers, signal: over })
        const ms = performance.now() - began
        return {
          visit,
          status: response.statusCode ?? 0,
          fields: pairs(response.rawHeaders),
          server: serverOf(content),
          content,
          ms,
          trouble: undefined,
        }
      } catch (error) {
        const trouble = over.aborted ? `no answer in ${deadlineMs} ms` : messageOf(error)
        return { visit, status: 0, fields: [], server: undefined, content: '', ms: performance.now() - began, trouble }
      }
    },
    [Symbol.dispose]: () => agent.destroy(),
  }
}

function asked(options: RequestOptions): Promise<{ response: IncomingMessage; content: string }> {
  return new Promise((done, failed) => {
    request(options, (response) => {
      let content = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        content += piece
      })
      response.on('error', failed)
      response.on('end', () => done({ response, content }))
    })
      .on('error', failed)
      .end()
  })
}

function serverOf(content: string): string | undefined {
  if (!content.startsWith('{"server":')) return undefined
  try {
    return said.safeParse(JSON.parse(content)).data?.server
  } catch {
    return undefined
  }
}

function pairs(raw: readonly string[]): (readonly [string, string])[] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index] ?? '', raw[2 * index + 1] ?? ''])
}
