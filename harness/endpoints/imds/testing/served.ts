import type { CreateOptions } from '../../core/create.ts'
import { createEndpoint } from '../../core/create.ts'
import type { EndpointServer } from '../../faces/index.ts'
import { serveEndpoint } from '../../faces/index.ts'

export interface Served extends AsyncDisposable {
  readonly url: string
  /** A request; the answer's body is read. */
  readonly ask: (path: string, options?: AskOptions) => Promise<Heard>
  /** The text of a good answer. */
  readonly text: (path: string, fields?: Record<string, string>) => Promise<string>
  readonly control: (method: string, path: string, body?: unknown) => Promise<unknown>
}

export interface AskOptions {
  readonly method?: string
  readonly fields?: Record<string, string>
  readonly body?: string
}

export interface Heard {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** A metadata service on a port of its own. */
export async function served(options: CreateOptions = {}): Promise<Served> {
  const server: EndpointServer = await serveEndpoint(await createEndpoint('imds', options))
  const ask: Served['ask'] = async (path, { method = 'GET', fields = {}, body } = {}) => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: fields,
      redirect: 'manual',
      signal: AbortSignal.timeout(5_000),
      ...(body !== undefined && { body }),
    })
    return { status: answer.status, headers: answer.headers, body: await answer.text() }
  }
  return {
    url: server.url,
    ask,
    async text(path, fields = {}) {
      const { status, body } = await ask(path, { fields })
      if (status !== 200) throw new Error(`${path} answered ${status}: ${body}`)
      return body
    },
    async control(method, path, body) {
      const sent = body === undefined ? {} : { body: JSON.stringify(body) }
      return JSON.parse((await ask(`/_seatrial/${path}`, { method, ...sent })).body) as unknown
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const ttl = 'X-aws-ec2-metadata-token-ttl-seconds'

/** A session of IMDSv2, as the field that carries it. */
export async function session(service: Served, seconds = 60): Promise<Record<string, string>> {
  const { body } = await service.ask('/latest/api/token', { method: 'PUT', fields: { [ttl]: String(seconds) } })
  return { 'X-aws-ec2-metadata-token': body }
}
