import { createHash, createHmac } from 'node:crypto'
import type { Field, MockRequest } from '../../endpoints/core/message.ts'
import { pathOf } from '../../endpoints/core/message.ts'

export interface Signer {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
  readonly region: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Signs a request without a query with version 4 (AWS IAM User Guide, "Create a signed AWS API request"), so that a
 * second look goes through the same door as the job's own requests.
 */
export function signed(request: MockRequest, signer: Signer): MockRequest {
  const date = `${new Date(signer.now).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`
  const scope = [date.slice(0, 8), signer.region, 'ec2', 'aws4_request'] as const
  const { sessionToken: token } = signer
  const headers: readonly Field[] = [
    ['host', request.host],
    ['x-amz-date', date],
    ...(token === undefined ? [] : [['x-amz-security-token', token] as const]),
  ]
  const names = headers.map(([name]) => name).join(';')
  const lines = headers.map(([name, value]) => `${name}:${value}\n`).join('')
  const canonical = [request.method, pathOf(request), '', lines, names, sha256(request.body)].join('\n')
  const text = ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(canonical)].join('\n')
  const key = scope.reduce((last: string | Buffer, piece) => hmac(last, piece), `AWS4${signer.secretAccessKey}`)
  const credential = `Credential=${signer.accessKeyId}/${scope.join('/')}`
  const signature = `Signature=${hmac(key, text).toString('hex')}`
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, ${signature}`
  return { ...request, fields: [...request.fields, ...headers.slice(1), ['Authorization', authorization]] }
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest()
}
