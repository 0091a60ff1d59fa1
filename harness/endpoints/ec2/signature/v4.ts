import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { MockRequest } from '../../core/index.ts'
import { fieldOf, fieldsOf, pathOf, queryOf } from '../../core/index.ts'
import { ec2Error } from '../errors.ts'
import type { Pairs } from '../wire/form.ts'
import { readForm } from '../wire/form.ts'
import type { Claim, Signed } from './claim.ts'
import { byBytes, encode, skew } from './claim.ts'

export const algorithm = 'AWS4-HMAC-SHA256'

interface Parts {
  readonly credential: string
  readonly signedHeaders: string
  readonly signature: string
  /** `20260101T000000Z` */
  readonly date: string
  /** Seconds; only of a presigned URL. */
  readonly expires: string | undefined
  readonly token: string | undefined
}

/**
 * Signature version 4, in the Authorization field or in the query of a presigned URL (AWS IAM User Guide, "Create a
 * signed AWS API request").
 *
 * @throws Ec2Error IncompleteSignature when parts are missing or of a wrong form
 */
export function claimV4(signed: Signed): Claim | undefined {
  const authorization = fieldOf(signed.request, 'authorization')
  if (authorization !== undefined && authorization.startsWith('AWS4-'))
    return claimOf(signed, fromField(signed.request, authorization))
  const query = queryPairs(signed.request)
  if (query.some(([name]) => name === 'X-Amz-Algorithm')) return claimOf(signed, fromQuery(query))
  if (authorization !== undefined) {
    throw ec2Error('IncompleteSignature', `Authorization header requires the algorithm ${algorithm}.`)
  }
  return undefined
}

function fromField(request: MockRequest, authorization: string): Parts {
  const [name = '', ...rest] = authorization.split(' ')
  if (name !== algorithm) throw ec2Error('IncompleteSignature', `The algorithm ${name} is not supported.`)
  const given = new Map(
    rest
      .join(' ')
      .split(',')
      .map((part) => {
        const at = part.indexOf('=')
        return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const
      }),
  )
  const part = (wanted: string): string => {
    const value = given.get(wanted)
    if (value === undefined || value === '') {
      throw ec2Error('IncompleteSignature', `Authorization header requires '${wanted}' parameter.`)
    }
    return value
  }
  const date = fieldOf(request, 'x-amz-date') ?? basic(fieldOf(request, 'date'))
  if (date === undefined)
    throw ec2Error(
      'IncompleteSignature',
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    )
  return {
    credential: part('Credential'),
    signedHeaders: part('SignedHeaders'),
    signature: part('Signature'),
    date,
    expires: undefined,
    token: fieldOf(request, 'x-amz-security-token'),
  }
}

function basic(date: string | undefined): string | undefined {
  const time = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(time) ? undefined : `${new Date(time).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`
}

function fromQuery(query: Pairs): Parts {
  const find = (name: string): string | undefined => query.find(([each]) => each === name)?.[1]
  const part = (name: string): string => {
    const value = find(name)
    if (value === undefined || value === '')
      throw ec2Error('IncompleteSignature', `The query requires the parameter ${name}.`)
    return value
  }
  if (find('X-Amz-Algorithm') !== algorithm)
    throw ec2Error('IncompleteSignature', `The algorithm ${find('X-Amz-Algorithm') ?? ''} is not supported.`)
  return {
    credential: part('X-Amz-Credential'),
    signedHeaders: part('X-Amz-SignedHeaders'),
    signature: part('X-Amz-Signature'),
    date: part('X-Amz-Date'),
    expires: find('X-Amz-Expires'),
    token: find('X-Amz-Security-Token'),
  }
}

function claimOf({ request }: Signed, parts: Parts): Claim {
  const scope = parts.credential.split('/')
  // A key may hold slashes; the four last pieces are the scope.
  const [day, region, service, end] = scope.slice(-4)
  if (scope.length < 5 || day === undefined || region === undefined) {
    throw ec2Error(
      'IncompleteSignature',
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.',
    )
  }
  return {
    accessKeyId: scope.slice(0, -4).join('/'),
    sessionToken: parts.token,
    scopeRegion: region,
    verify(secret, now) {
      if (end !== 'aws4_request')
        throw ec2Error(
          'SignatureDoesNotMatch',
          ` Credential should be scoped with a valid terminator: 'aws4_request', not '${end}'.`,
        )
      if (service !== 'ec2')
        throw ec2Error('SignatureDoesNotMatch', ` Credential should be scoped to correct service: 'ec2'.`)
      if (!parts.date.startsWith(day)) {
        throw ec2Error(
          'SignatureDoesNotMatch',
          ` Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${parts.date.slice(0, 8)}'.`,
        )
      }
      if (!parts.signedHeaders.split(';').includes('host'))
        throw ec2Error('SignatureDoesNotMatch', " 'Host' must be a 'SignedHeader'.")
      const wanted = signatureV4(request, { ...parts, scope: [day, region, service, end] }, secret)
      const given = Buffer.from(parts.signature, 'hex')
      if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) throw ec2Error('SignatureDoesNotMatch')
      checkTime(parts, now)
    },
  }
}

/** What a signature is made over, besides the request itself. */
export interface SignedParts extends Pick<Parts, 'signedHeaders' | 'date' | 'expires'> {
  /** Day, region, service and terminator. */
  readonly scope: readonly [string, string, string, string]
}

/** The signature that a request has with this secret, made of the request as it stands. */
export function signatureV4(request: MockRequest, parts: SignedParts, secret: string): Buffer {
  const text = [algorithm, parts.date, parts.scope.join('/'), sha256(canonical(request, parts))].join('\n')
  const key = parts.scope.reduce((last: string | Buffer, each) => hmac(last, each), `AWS4${secret}`)
  return hmac(key, text)
}

/** The canonical request: what was signed, made again of what arrived. */
function canonical(request: MockRequest, { signedHeaders, expires }: Pick<Parts, 'signedHeaders' | 'expires'>): string {
  const presigned = expires !== undefined || fieldOf(request, 'authorization') === undefined
  const query = queryPairs(request)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted((a, b) => byBytes(a[0], b[0]) || byBytes(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const headers = signedHeaders.split(';').map((name) => `${name}:${headerValue(request, name)}\n`)
  const content = sha256(request.body)
  const payload =
    fieldOf(request, 'x-amz-content-sha256') ?? (presigned && request.method === 'GET' ? sha256('') : content)
  // The declared hash is part of what was signed; the content must be what it declares.
  if (/^[0-9a-f]{64}$/.test(payload) && payload !== content) {
    throw ec2Error(
      'SignatureDoesNotMatch',
      " The provided 'x-amz-content-sha256' header does not match what was computed.",
    )
  }
  return [request.method, pathOf(request), query, headers.join(''), signedHeaders, payload].join('\n')
}

function headerValue(request: MockRequest, name: string): string {
  if (name === 'host') return request.host.trim()
  return fieldsOf(request, name)
    .map((value) => value.trim().replaceAll(/ +/g, ' '))
    .join(',')
}

function checkTime({ date, expires }: Parts, now: number): void {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(time))
    throw ec2Error('IncompleteSignature', `Date must be in ISO-8601 'basic format'. Got '${date}'.`)
  const late =
    expires === undefined
      ? Math.abs(now - time) > skew.v4
      : now > time + Number(expires) * 1_000 || now < time - skew.v4
  if (late || (expires !== undefined && !/^\d{1,6}$/.test(expires))) throw ec2Error('RequestExpired')
}

function queryPairs(request: MockRequest): Pairs {
  return readForm(queryOf(request).replaceAll('+', '%2B'))
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest()
}
