import type { EndpointClock } from '../../core/index.ts'
import { signedData } from '../sign/index.ts'
import type { Answer } from './replies.ts'
import { json, refuse } from './replies.ts'
import type { AzureSeed } from './seed.ts'

/** `GET /metadata/attested/document`: a true PKCS #7 signature, by the mock's own key. */
export function attested(seed: AzureSeed, version: string, query: URLSearchParams, clock: EndpointClock): Answer {
  const given = query.get('nonce')
  if (given !== null && !/^[\w-]{1,32}$/.test(given)) return refuse(400, 'Bad request. nonce is invalid')
  const now = clock.now()
  const text = JSON.stringify({
    ...(version >= '2020-09-01' && { licenseType: '' }),
    nonce: given ?? stamp(now),
    plan: { name: '', product: '', publisher: '' },
    ...(version >= '2019-11-01' && { sku: seed.image.sku }),
    ...(version >= '2019-04-30' && { subscriptionId: seed.subscriptionId }),
    timeStamp: { createdOn: short(now), expiresOn: short(now + 6 * 3_600_000) },
    vmId: seed.vmId,
  })
  return json({ encoding: 'pkcs7', signature: Buffer.from(signedData(text)).toString('base64') })
}

/** As in `20201130-211924`. */
function stamp(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
}

/** As in `11/30/20 21:19:19 -0000`. */
function short(ms: number): string {
  const [, year, month, day, time] = /^\d\d(\d\d)-(\d\d)-(\d\d)T(.{8})/.exec(new Date(ms).toISOString()) ?? []
  return `${month}/${day}/${year} ${time} -0000`
}
