import { createHash, createHmac } from 'node:crypto'
import type { MockRequest } from '../../core/index.ts'
import { fieldOf, pathOf } from '../../core/index.ts'
import { CloudError } from './errors.ts'

/**
 * The newer API is signed by the app: HMAC-SHA1, in hex, over the body's MD5 in base64, the time stamp, the nonce and
 * the path. A digest that does not fit is always refused; the signature of a key that nobody gave us cannot be checked.
 *
 * @throws CloudError for a request of the newer API that is not signed, and for one whose signature is wrong
 */
export function verifySigned(request: MockRequest, newer: boolean, keys: Readonly<Record<string, string>>): void {
  const authorization = fieldOf(request, 'X-Authorization')
  const given = fieldOf(request, 'Content-MD5')
  if (authorization === undefined) {
    if (newer) throw new CloudError('permission-denied')
    return
  }
  const md5 = createHash('md5').update(request.body).digest('base64')
  const parts = partsOf(authorization)
  const { Timestamp, Nonce, AccessKey, Signature } = parts
  if (given !== md5 || [Timestamp, Nonce, AccessKey, Signature].includes(undefined)) {
    throw new CloudError('permission-denied')
  }
  const key = Object.hasOwn(keys, AccessKey ?? '') ? keys[AccessKey ?? ''] : undefined
  if (key === undefined) return
  const signed = [md5, Timestamp, Nonce, pathOf(request)].join('\n')
  const wanted = createHmac('sha1', key).update(signed).digest('hex')
  if (Signature?.toLowerCase() !== wanted) throw new CloudError('permission-denied')
}

function partsOf(authorization: string): Partial<Record<string, string>> {
  const pairs = authorization.split(',').map((part) => part.trim().split('=', 2))
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]))
}
