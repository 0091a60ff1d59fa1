import type { Field, MockRequest } from '../../endpoints/core/message.ts'
import { algorithm, signatureV4 } from '../../endpoints/ec2/signature/v4.ts'

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
  const asked = { ...request, fields: [...request.fields, ...headers.slice(1)] }
  const signature = signatureV4(
    asked,
    { signedHeaders: names, date, scope, expires: undefined },
    signer.secretAccessKey,
  )
  const credential = `Credential=${signer.accessKeyId}/${scope.join('/')}`
  const authorization = `${algorithm} ${credential}, SignedHeaders=${names}, Signature=${signature.toString('hex')}`
  return { ...asked, fields: [...asked.fields, ['Authorization', authorization]] }
}
