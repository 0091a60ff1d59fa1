import type { Signatures } from '../core/index.ts'
import { ec2Error } from './errors.ts'
import { regionNames } from './regions.ts'
import type { Ec2Seed } from './seed.ts'

/**
 * The region that a request is for: of its signature's scope when that names one, else of the Host, else the seed's
 * default. Clients that reach the mock at an address sign scopes that are no regions, so a scope is never taken blindly.
 *
 * @throws Ec2Error SignatureDoesNotMatch when scope and Host name different regions
 */
export function regionOf(host: string, scope: string | undefined, seed: Ec2Seed, signatures: Signatures): string {
  const known = regionNames(seed)
  const scoped = scope !== undefined && known.includes(scope) ? scope : undefined
  const hosted = known.find((name) => name === hostRegion(host))
  if (signatures === 'strict' && scoped !== undefined && hosted !== undefined && scoped !== hosted) {
    throw ec2Error('SignatureDoesNotMatch', ` Credential should be scoped to a valid region, not '${scoped}'.`)
  }
  return scoped ?? hosted ?? seed.defaultRegion
}

/** `ec2.eu-west-1.amazonaws.com`, `ec2.eu-west-1.api.aws`, and the old `eu-west-1.ec2.amazonaws.com`. */
function hostRegion(host: string): string | undefined {
  const [, first, second] =
    /^(?:ec2\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)|([a-z0-9-]+)\.ec2\.amazonaws\.com)(?::\d+)?$/i.exec(
      host,
    ) ?? []
  return first ?? second
}
