import { rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { clientAddresses } from '../bench/client-addresses.ts'
import { arrivals, served, valuesOf } from '../bench/served.ts'
import { haproxyManual } from '../references.ts'

export const clientAddressMissing = rule({
  id: 'loadbalancing/client-address-missing',
  level: 'error',
  reference: haproxyManual('4.2-option forwardfor'),
  says: ({ field, without, requests }: { field: string; without: readonly number[]; requests: number }) =>
    `${field} is missing from ${without.length} of ${requests} requests of one connection: number ${without.join(', ')}.`,
  wants: 'Every request tells its server the address of the client.',
  remedy: 'Let the balancer add the field to every request: option forwardfor, with no network excepted.',
})

export const clientAddressWrong = rule({
  id: 'loadbalancing/client-address-wrong',
  level: 'error',
  reference: haproxyManual('4.2-option forwardfor'),
  says: ({ field, told, address }: { field: string; told: string; address: string }) =>
    `${field} says "${told}" of a client that comes from ${address}.`,
  wants: 'The first address of the field is the one that the client came from.',
  remedy: 'Let the balancer write the source address of the connection, and nothing of its own or of the request.',
})

export interface ClientAddressSeen {
  readonly field: string
  /** Where the visitor came from. */
  readonly address: string
  /** Of each request of its connection, in order: the lines of the field as the server saw them. */
  readonly lines: readonly (readonly string[])[]
}

const requests = 3

/** Servers are told the visitor's own address, in each request of a connection that is kept. */
export const clientAddress = balancerProbe({
  id: 'loadbalancing/client-address',
  rules: [clientAddressMissing, clientAddressWrong],
  expects: ({ expect: { clientAddress: field } }) =>
    field === false ? notAsked('servers need no address of the client (expect.clientAddress)') : { field },
  async gather(bench, { field }) {
    using visitor = bench.visitor()
    const visits: string[] = []
    for (let asked = 0; asked < requests; asked++) visits.push(served(await visitor.ask()).visit)
    const arrived = await arrivals(bench)
    const lines = visits.map((visit) => valuesOf(arrived.get(visit)?.fields ?? [], field))
    return { field, address: bench.way.address, lines }
  },
  *run({ field, address, lines }: ClientAddressSeen) {
    const told = lines.map((each) => clientAddresses(field, each))
    const without = told.flatMap((each, at) => (each.length === 0 ? [at + 1] : []))
    const place = `request.fields.${field.toLowerCase()}`
    if (without.length > 0) yield clientAddressMissing.at(place, { field, without, requests: lines.length })
    const wrong = told.findIndex(([first]) => first !== undefined && first !== address)
    if (wrong !== -1) yield clientAddressWrong.at(place, { field, told: lines[wrong]?.join(', ') ?? '', address })
  },
  examples: [
    {
      title: 'the true address in every request',
      given: { field: 'X-Forwarded-For', address: '192.0.2.7', lines: [['192.0.2.7'], ['192.0.2.7'], ['192.0.2.7']] },
      yields: [],
    },
    {
      title: 'as RFC 7239 writes it, with a second hop behind it',
      given: { field: 'Forwarded', address: '192.0.2.7', lines: [['proto=http;for="192.0.2.7:4711", for=10.0.0.2']] },
      yields: [],
    },
    {
      title: 'only in the first request of the connection',
      given: { field: 'X-Forwarded-For', address: '192.0.2.7', lines: [['192.0.2.7'], [], []] },
      yields: [clientAddressMissing],
    },
    {
      title: 'the address of the balancer',
      given: { field: 'X-Forwarded-For', address: '192.0.2.7', lines: [['10.0.0.2'], ['10.0.0.2'], ['10.0.0.2']] },
      yields: [clientAddressWrong],
    },
  ],
})
