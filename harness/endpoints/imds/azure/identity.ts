import { createHash } from 'node:crypto'
import type { EndpointClock } from '../../core/index.ts'
import { signature } from '../sign/index.ts'
import type { Answer } from './replies.ts'
import { json, refuseToken } from './replies.ts'
import type { AzureSeed } from './seed.ts'

const lifetimeSeconds = 86_399

/** `GET /metadata/identity/oauth2/token`: a true JWT, signed with the mock's own key. */
export function token(seed: AzureSeed, query: URLSearchParams, clock: EndpointClock, fault?: string): Answer {
  const resource = query.get('resource')
  if (resource === null || resource === '') {
    return refuseToken(400, 'invalid_request', "Required query variable 'resource' is missing")
  }
  const identity = seed.identities.find((each, index) => isMeant(each, index, query))
  if (identity === undefined) return refuseToken(400, 'invalid_request', 'Identity not found')
  const now = Math.floor(clock.now() / 1000)
  const expired = fault === 'expired-credentials'
  const left = expired ? -1 : fault === 'stale-credentials' ? 60 : lifetimeSeconds
  const from = expired ? now - lifetimeSeconds : now
  return json({
    access_token: jwt({
      aud: resource,
      iss: `https://sts.windows.net/${seed.tenantId}/`,
      iat: from,
      nbf: from,
      exp: now + left,
      appid: identity.clientId,
      oid: identity.objectId ?? identity.clientId,
      tid: seed.tenantId,
      xms_mirid: `/subscriptions/${seed.subscriptionId}/resourcegroups/${seed.resourceGroupName}/providers/Microsoft.Compute/virtualMachines/${seed.name}`,
    }),
    client_id: identity.clientId,
    expires_in: String(Math.max(0, left)),
    expires_on: String(now + left),
    ext_expires_in: String(Math.max(0, left)),
    not_before: String(from),
    resource,
    token_type: 'Bearer',
  })
}

/** Without a name the first is meant, which the system assigned. */
function isMeant(each: AzureSeed['identities'][number], index: number, query: URLSearchParams): boolean {
  const client = query.get('client_id')
  const object = query.get('object_id')
  const resource = query.get('msi_res_id') ?? query.get('mi_res_id')
  if (client !== null) return client === each.clientId
  if (object !== null) return object === (each.objectId ?? each.clientId)
  if (resource !== null) return resource === each.resourceId
  return index === 0
}

function jwt(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const kid = createHash('sha1').update('seatrial').digest('base64url')
  const signed = `${part({ typ: 'JWT', alg: 'RS256', kid })}.${part(claims)}`
  return `${signed}.${Buffer.from(signature(signed)).toString('base64url')}`
}
