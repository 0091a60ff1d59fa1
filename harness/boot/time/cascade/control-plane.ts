import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { isSeatrialError, messageOf } from '../../../kernel/index.ts'
import type { Fleet } from './fleet.ts'

/** Where healing talks to the fleet: HTTP on loopback, so that it may be written in anything. */
export interface ControlPlane extends AsyncDisposable {
  readonly url: string
  /** Hosts that were declared broken, in order. */
  readonly marked: () => readonly string[]
  /** What a human was told, and how many hosts were broken by then; undefined while nobody was asked. */
  readonly asked: () => { readonly why: string; readonly after: number } | undefined
}

/**
 *     GET  /hosts                     [{ name, state, units: [{ id, state }] }]; states: starting, ready, failing, broken
 *     GET  /hosts.txt                 one a line: name, state, number of units
 *     POST /hosts/NAME/broken         takes it out of service
 *     POST /hosts/NAME/move[?to=HOST] starts its work elsewhere
 *     POST /investigate               asks a human; the body says why
 */
export async function openControlPlane(fleet: Fleet): Promise<ControlPlane> {
  const marked: string[] = []
  let asked: { readonly why: string; readonly after: number } | undefined
  const server = createServer((request, response) => {
    void answer(request)
      .catch((error: unknown) => ({
        status: isSeatrialError(error) ? 404 : 500,
        body: `${messageOf(error)}\n`,
        type: 'text/plain',
      }))
      .then((told) => send(response, told))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server on loopback has a port')

  async function answer(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '/', 'http://fleet')
    const asking = `${request.method} ${url.pathname}`
    if (asking === 'GET /hosts') return { status: 200, body: JSON.stringify(fleet.hosts()), type: 'application/json' }
    if (asking === 'GET /hosts.txt')
      return text(
        200,
        fleet
          .hosts()
          .map(({ name, state, units }) => `${name} ${state} ${units.length}\n`)
          .join(''),
      )
    if (asking === 'POST /investigate') {
      const why = await bodyOf(request)
      asked ??= { why, after: marked.length }
      return text(200, 'somebody will look\n')
    }
    const [, name = '', verb] = /^POST \/hosts\/([^/]+)\/(broken|move)$/.exec(asking) ?? []
    if (verb === 'broken') {
      if (!fleet.declareBroken(name)) return text(409, `${name} is broken already\n`)
      marked.push(name)
      return text(200, `${name} is out of service\n`)
    }
    if (verb === 'move') {
      if (!marked.includes(name)) return text(409, `${name} serves: declare it broken first\n`)
      return text(200, `${fleet.move(name, url.searchParams.get('to') ?? undefined)} moved\n`)
    }
    return text(404, 'GET /hosts, GET /hosts.txt, POST /hosts/NAME/broken, POST /hosts/NAME/move, POST /investigate\n')
  }

  return {
    url: `http://127.0.0.1:${address.port}`,
    marked: () => [...marked],
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly type: string
}

const text = (status: number, body: string): Answer => ({ status, body, type: 'text/plain' })

function send(response: ServerResponse, { status, body, type }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)
}

/** As much of it as a human reads. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body = `${body}${String(chunk)}`.slice(0, 1_000)
  return body
}
