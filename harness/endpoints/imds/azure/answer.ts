import type { EndpointClock, MockRequest } from '../../core/index.ts'
import { fieldOf, pathOf, queryOf } from '../../core/index.ts'
import { attested } from './attested.ts'
import { asOf, asText, walk } from './document.ts'
import { token } from './identity.ts'
import { instanceDocument } from './instance.ts'
import type { Answer } from './replies.ts'
import { json, plain, refuse, refuseToken } from './replies.ts'
import { ScheduledEvents } from './scheduled-events.ts'
import type { AzureSeed } from './seed.ts'
import { eventVersions } from './versions.ts'

/** Names of what can be asked for, by the first word below `/metadata`. */
export const azureOperations: Readonly<Record<string, string>> = {
  versions: 'azure-versions',
  instance: 'azure-instance',
  scheduledevents: 'azure-scheduled-events',
  attested: 'azure-attested',
  identity: 'azure-identity',
  loadbalancer: 'azure-loadbalancer',
}

const noVersion =
  'Bad request. api-version is invalid or was not specified in the request. For more information refer to aka.ms/azureimds'

/** Azure's service, below `/metadata`. */
export class Azure {
  readonly #seed: AzureSeed
  readonly #clock: EndpointClock
  readonly #random: number
  #events: ScheduledEvents

  constructor(seed: AzureSeed, clock: EndpointClock, random: number) {
    this.#seed = seed
    this.#clock = clock
    this.#random = random
    this.#events = new ScheduledEvents(clock, random, seed)
  }

  reset(seed: AzureSeed = this.#seed): void {
    this.#events = new ScheduledEvents(this.#clock, this.#random, seed)
  }

  /** `fault` is one that changes what is told, not whether it is. */
  answer(request: MockRequest, fault?: string): Answer {
    const [area = '', ...rest] = pathOf(request).toLowerCase().startsWith('/metadata/') ? keysOf(request) : []
    const query = new URLSearchParams(queryOf(request))
    const isIdentity = area === 'identity'
    if (!/^true$/i.test(fieldOf(request, 'metadata') ?? '')) {
      return isIdentity
        ? refuseToken(400, 'invalid_request', 'Required metadata header not specified')
        : refuse(400, 'Bad request. Required metadata header not specified')
    }
    if (fieldOf(request, 'x-forwarded-for') !== undefined) {
      return refuse(400, 'Bad request. X-Forwarded-For header is not allowed')
    }
    if (!(area in azureOperations)) return refuse(404, 'Not found')
    const names = [...query.keys()]
    if (new Set(names).size < names.length) return refuse(400, 'Bad request. Duplicate query parameters')
    const isApproval = area === 'scheduledevents' && request.method === 'POST'
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isApproval) return refuse(405, 'Method not allowed')
    if (area === 'versions') return json({ apiVersions: this.#seed.versions })
    const version = query.get('api-version') ?? ''
    if (!this.#has(area, version)) {
      if (isIdentity) return refuseToken(400, 'invalid_request', noVersion)
      return refuse(400, noVersion, { 'newest-versions': this.#seed.versions.toSorted().toReversed().slice(0, 3) })
    }
    return this.#within(area, rest, version, query, request, fault)
  }

  #has(area: string, version: string): boolean {
    const known = this.#seed.versions.includes(version)
    if (area === 'scheduledevents') return known || eventVersions.some((each) => each === version)
    const first = { identity: '2018-02-01', attested: '2018-10-01', loadbalancer: '2020-10-01' }[area] ?? ''
    return known && version >= first
  }

  #within(
    area: string,
    rest: readonly string[],
    version: string,
    query: URLSearchParams,
    request: MockRequest,
    fault?: string,
  ): Answer {
    const path = [area, ...rest].join('/')
    if (area === 'instance') return this.#instance(rest, version, query)
    if (path === 'scheduledevents') {
      return request.method === 'POST'
        ? this.#events.approve(new TextDecoder().decode(request.body))
        : this.#events.list(version)
    }
    if (path === 'attested/document') return attested(this.#seed, version, query, this.#clock)
    if (path === 'identity/oauth2/token') return token(this.#seed, query, this.#clock, fault)
    if (path === 'identity/info') return json({ tenantId: this.#seed.tenantId })
    if (path === 'loadbalancer') return this.#loadBalancer()
    return refuse(404, 'Not found')
  }

  #instance(keys: readonly string[], version: string, query: URLSearchParams): Answer {
    const format = query.get('format') ?? 'json'
    if (format !== 'json' && format !== 'text') return refuse(400, 'Bad request. Requested format is not supported')
    const found = walk(asOf(version, instanceDocument(this.#seed)), keys)
    if (found === undefined) return refuse(404, 'Not found')
    if (format === 'text') return plain(asText(found))
    // A leaf is no document: the service wants to be asked for its text.
    if (typeof found === 'string') return refuse(400, 'Bad request. Requested format is not valid for a leaf node')
    return json(found)
  }

  #loadBalancer(): Answer {
    const publicIpAddresses = this.#seed.interfaces
      .filter(({ publicIpAddress }) => publicIpAddress !== '')
      .map(({ publicIpAddress, privateIpAddress }) => ({ frontendIpAddress: publicIpAddress, privateIpAddress }))
    return json({ loadbalancer: { publicIpAddresses, inboundRules: [], outboundRules: [] } })
  }
}

function keysOf(request: MockRequest): string[] {
  const [, , area = '', ...rest] = pathOf(request).replace(/\/+$/, '').split('/')
  return [area.toLowerCase(), ...rest]
}
