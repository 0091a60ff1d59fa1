import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import type { RequestOptions } from 'node:http'
import { request as requestOverTls } from 'node:https'
import { join } from 'node:path'
import type { Endpoint } from './endpoint.ts'

export interface EngineAnswer {
  readonly status: number
  /** Parsed JSON, or the text when it is none. */
  readonly body: unknown
}

/**
 * One call of the Docker Engine API over its socket. The reaper and the first look for an engine
 * use it, because loading a whole client library takes longer than what they have to do.
 *
 * @throws Error of node:net when nobody listens, or when the answer takes longer than `timeoutMs`
 */
export async function callEngine(
  endpoint: Endpoint,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  timeoutMs = 10_000,
): Promise<EngineAnswer> {
  const target = targetOf(endpoint)
  const send = endpoint.certificates === undefined ? request : requestOverTls
  return new Promise((resolve, reject) => {
    const call = send(
      { ...target, method, path, headers: { host: 'docker' }, signal: AbortSignal.timeout(timeoutMs) },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(chunks).toString()) }),
        )
      },
    )
    call.on('error', reject)
    call.end()
  })
}

function targetOf({ uri, certificates }: Endpoint): RequestOptions {
  if (!URL.canParse(uri)) throw new Error(`"${uri}" is no address of an engine`)
  const { protocol, hostname, port, pathname } = new URL(uri)
  if (protocol === 'unix:') return { socketPath: pathname }
  if (protocol !== 'tcp:' && protocol !== 'http:' && protocol !== 'https:') {
    throw new Error(`engines behind ${protocol}// cannot be reached; forward their socket and set DOCKER_HOST to it`)
  }
  const pem = (name: string): Buffer => readFileSync(join(certificates ?? '', `${name}.pem`))
  const tls = certificates === undefined ? {} : { ca: pem('ca'), cert: pem('cert'), key: pem('key') }
  return { host: hostname, port: port === '' ? (certificates === undefined ? 2375 : 2376) : port, ...tls }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
