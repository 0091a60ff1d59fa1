import type { MockRequest } from '../../core/index.ts'

/** The cloud's regions with the two names of their hosts: as in device lists of old, and as the apps of today ask. */
const regions = {
  'eu-west-1': { host: 'eu-wap', newer: 'n-euw1-wap' },
  'us-east-1': { host: 'use1-wap', newer: 'n-use1-wap' },
  'ap-southeast-1': { host: 'aps1-wap', newer: 'n-aps1-wap' },
} as const

export type Region = keyof typeof regions
export const regionNames = ['eu-west-1', 'us-east-1', 'ap-southeast-1'] as const satisfies readonly Region[]

/** Where a request came in. */
export type Door =
  /** An address or a name that the real cloud does not have: the whole cloud is behind it. */
  | { readonly kind: 'own' }
  /** `wap.tplinkcloud.com`, where everybody begins. */
  | { readonly kind: 'global'; readonly newer: boolean }
  | { readonly kind: 'regional'; readonly region: Region; readonly newer: boolean }

const short: Readonly<Record<string, Region>> = {
  eu: 'eu-west-1',
  euw1: 'eu-west-1',
  use1: 'us-east-1',
  aps1: 'ap-southeast-1',
}

const cloudHost = /^(n-)?(?:(eu|euw1|use1|aps1)-)?wap(?:-gw)?\.(?:i\.)?(?:tplinkcloud|tplinknbu)\.com$/

export function doorOf({ host }: Pick<MockRequest, 'host'>): Door {
  const match = cloudHost.exec(hostName(host))
  if (match === null) return { kind: 'own' }
  const newer = match[1] !== undefined
  const region = short[match[2] ?? '']
  return region === undefined ? { kind: 'global', newer } : { kind: 'regional', region, newer }
}

/** Whether a device's URL leads to the region's real name or back to where the request came in. */
export type AppServerUrls = 'real' | 'self' | 'by-host'

/**
 * The URL at which devices of a region are reached. With `by-host` the caller stays where it is: who came by one of
 * the cloud's names is sent to another of them, at the same port, and who came by an address comes back to it.
 */
export function appServerUrl(
  request: Pick<MockRequest, 'host' | 'scheme' | 'target'>,
  region: Region,
  urls: AppServerUrls,
): string {
  const door = doorOf(request)
  // Who names no host, as HTTP/1.0 allows, cannot be led back.
  const nameless = request.host === ''
  if (!nameless && (urls === 'self' || (urls === 'by-host' && door.kind === 'own')))
    return `${schemeOf(request)}://${request.host}`
  const names = regions[region]
  const name = `${door.kind !== 'own' && door.newer ? names.newer : names.host}.tplinkcloud.com`
  return door.kind === 'own' ? `https://${name}` : `${schemeOf(request)}://${name}${portOf(request.host)}`
}

/** Through a proxy the target says which scheme the caller means, whatever the connection to the proxy is. */
function schemeOf({ scheme, target }: Pick<MockRequest, 'scheme' | 'target'>): string {
  return /^(https?):\/\//i.exec(target)?.[1]?.toLowerCase() ?? scheme
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

function portOf(host: string): string {
  return /:\d+$/.exec(host)?.[0] ?? ''
}
