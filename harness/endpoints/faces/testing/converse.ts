import http from 'node:http'
import type { Asked } from './conversations.ts'

/** What a client got: an answer, or the error that it met. */
export interface Heard {
  readonly status?: number
  /** Lower-case names, sorted: an interceptor inside the process keeps neither case nor order. */
  readonly fields?: readonly string[]
  readonly body?: string
  readonly trouble?: string
}

/** Asks one question with Node's own client, at `connect` when the host is not to be looked up. */
export async function converse(asked: Asked, connect?: { readonly port: number }): Promise<Heard> {
  return new Promise((resolve) => {
    const body = asked.body ?? ''
    // By its module, when it is called: msw patches the module, and a binding from before would slip past it.
    const outgoing = http.request({
      agent: false,
      method: asked.method,
      path: asked.target,
      ...(connect === undefined ? { host: asked.host } : { host: '127.0.0.1', port: connect.port }),
      headers: {
        Host: asked.host,
        ...asked.headers,
        ...(body !== '' && { 'Content-Length': String(Buffer.byteLength(body)) }),
      },
    })
    outgoing.on('error', () => resolve({ trouble: 'no answer' }))
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      const { statusCode: status = 0, rawHeaders } = response
      const fields = rawHeaders.flatMap((name, at) =>
        at % 2 === 0 ? [`${name.toLowerCase()}: ${rawHeaders[at + 1]}`] : [],
      )
      const shown = fields.filter((field) => !/^(?:connection|keep-alive|transfer-encoding):/.test(field)).toSorted()
      response.on('end', () => resolve({ status, fields: shown, body: Buffer.concat(chunks).toString('latin1') }))
      response.on('error', () => resolve({ status, trouble: `ended after ${Buffer.concat(chunks).length} bytes` }))
    })
    outgoing.end(body)
  })
}
