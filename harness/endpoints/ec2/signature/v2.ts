import { createHmac, timingSafeEqual } from 'node:crypto'
import { pathOf } from '../../core/index.ts'
import { ec2Error } from '../errors.ts'
import type { Claim, Signed } from './claim.ts'
import { byBytes, encode, skew } from './claim.ts'

const algorithms: Readonly<Record<string, string>> = { HmacSHA1: 'sha1', HmacSHA256: 'sha256' }

/**
 * Signature version 2, in the query of a GET or in the form of a POST: HMAC over method, host, path and the sorted
 * parameters (AWS General Reference, "Signature Version 2 signing process").
 *
 * @throws Ec2Error IncompleteSignature when parts are missing
 */
export function claimV2({ request, pairs }: Signed): Claim | undefined {
  const value = (name: string): string | undefined => pairs.find(([each]) => each === name)?.[1]
  const accessKeyId = value('AWSAccessKeyId')
  if (accessKeyId === undefined) return undefined
  const [signature, method, version] = [
    value('Signature'),
    value('SignatureMethod') ?? 'HmacSHA1',
    value('SignatureVersion'),
  ]
  if (signature === undefined) throw ec2Error('MissingParameter', 'Signature')
  if (version !== '2')
    throw ec2Error('InvalidParameterValue', `SignatureVersion ${version ?? ''} is not supported, use 2`)
  const algorithm = algorithms[method]
  if (algorithm === undefined) throw ec2Error('InvalidParameterValue', `SignatureMethod ${method} is not supported`)
  return {
    accessKeyId,
    sessionToken: value('SecurityToken'),
    scopeRegion: undefined,
    verify(secret, now) {
      const canonical = pairs
        .filter(([name]) => name !== 'Signature')
        .map(([name, each]) => [encode(name), encode(each)] as const)
        .toSorted((a, b) => byBytes(a[0], b[0]) || byBytes(a[1], b[1]))
        .map(([name, each]) => `${name}=${each}`)
        .join('&')
      const path = pathOf(request)
      const fits = hosts(request.host).some((host) => {
        const text = [request.method, host, path, canonical].join('\n')
        return same(createHmac(algorithm, secret).update(text, 'utf8').digest(), Buffer.from(signature, 'base64'))
      })
      if (!fits) throw ec2Error('SignatureDoesNotMatch')
      checkTime(value('Timestamp'), value('Expires'), now)
    },
  }
}

/** Clients differ in whether the port is part of what they sign. */
function hosts(host: string): string[] {
  const lower = host.toLowerCase()
  return [...new Set([lower, lower.replace(/:\d+$/, '')])]
}

function checkTime(timestamp: string | undefined, expires: string | undefined, now: number): void {
  if (timestamp !== undefined && expires !== undefined) {
    throw ec2Error('InvalidParameterCombination', 'The parameters Timestamp and Expires cannot be used together')
  }
  const given = timestamp ?? expires
  if (given === undefined) throw ec2Error('MissingParameter', 'Timestamp')
  // A time without a zone is UTC.
  const time = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(given) ? given : `${given}Z`)
  if (Number.isNaN(time))
    throw ec2Error('InvalidParameterValue', `Value (${given}) for parameter Timestamp is invalid.`)
  const over = expires === undefined ? Math.abs(now - time) > skew.v2 : now > time
  if (over) throw ec2Error('RequestExpired', `${expires === undefined ? 'Timestamp' : 'Expires'} date is ${given}`)
}

function same(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
