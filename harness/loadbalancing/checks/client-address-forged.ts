import { document, rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { clientAddresses } from '../bench/client-addresses.ts'
import { arrivals, served, valuesOf } from '../bench/served.ts'
import type { Visit } from '../bench/visitor.ts'
import { haproxyManual } from '../references.ts'

export const clientAddressForgedKept = rule({
  id: 'loadbalancing/client-address-forged-kept',
  level: 'error',
  reference: haproxyManual('4.2-option forwardfor'),
  says: ({ claim, field, told, address }: { claim: string; field: string; told: string; address: string }) =>
    `A client that comes from ${address} sends ${claim}, and its server is told ${field}: ${told}.`,
  wants: 'What a client says of its own address reaches no server.',
  remedy: 'Remove the field from requests before the balancer adds its own: http-request del-header.',
})

export const clientAddressForgedDoubled = rule({
  id: 'loadbalancing/client-address-forged-doubled',
  level: 'warning',
  reference: haproxyManual('4.2-option forwardfor'),
  says: ({ field, told }: { field: string; told: string }) => `${field} names the client twice: ${told}.`,
  wants: 'The field has exactly one value, as servers take the first or the last of several.',
  remedy: 'Leave one of the lines that add the field.',
})

export const clientAddressForgedLost = rule({
  id: 'loadbalancing/client-address-forged-lost',
  level: 'error',
  reference: document('CVE-2022-31813', 'https://www.cve.org/CVERecord?id=CVE-2022-31813'),
  says: ({ claim, field }: { claim: string; field: string }) =>
    `After a client sends ${claim}, its server is told no ${field} at all.`,
  wants: 'Whatever a client sends, the server is told its address.',
  remedy: 'Bring the balancer up to date, or let it set the field after those that Connection names are removed.',
})

export interface ClientAddressForgedSeen {
  readonly field: string
  /** Where the visitor came from. */
  readonly address: string
  /** Whether a request that claims nothing tells the address. */
  readonly usually: boolean
  /** What was claimed, and the lines of the field as the server saw them. */
  readonly claims: readonly { readonly claim: string; readonly lines: readonly string[] }[]
}

const forged = ['6.6.6.6', '6.6.6.7']

function claimsOf(field: string): readonly { readonly claim: string; readonly fields: NonNullable<Visit['fields']> }[] {
  const [one = '', two = ''] = forged.map((address) =>
    field.toLowerCase() === 'forwarded' ? `for=${address}` : address,
  )
  return [
    { claim: `${field}: ${one}`, fields: { [field]: one } },
    { claim: `two lines of ${field}`, fields: { [field]: [one, two] } },
    { claim: `${field}: ${one}, ${two}`, fields: { [field]: `${one}, ${two}` } },
    { claim: `${field.toLowerCase()}: ${one}`, fields: { [field.toLowerCase()]: one } },
    { claim: `Connection: ${field}`, fields: { Connection: `keep-alive, ${field}` } },
  ]
}

/** A visitor who claims to come from elsewhere is not believed. */
export const clientAddressForged = balancerProbe({
  id: 'loadbalancing/client-address-forged',
  rules: [clientAddressForgedKept, clientAddressForgedDoubled, clientAddressForgedLost],
  expects: ({ expect: { clientAddress: field } }) =>
    field === false ? notAsked('servers need no address of the client (expect.clientAddress)') : { field },
  async gather(bench, { field }) {
    using visitor = bench.visitor()
    const honest = served(await visitor.ask()).visit
    const visits: { claim: string; visit: string }[] = []
    for (const { claim, fields } of claimsOf(field)) {
      visits.push({ claim, visit: served(await visitor.ask({ fields })).visit })
    }
    const arrived = await arrivals(bench)
    const lines = (visit: string): readonly string[] => valuesOf(arrived.get(visit)?.fields ?? [], field)
    return {
      field,
      address: bench.way.address,
      usually: lines(honest).length > 0,
      claims: visits.map(({ claim, visit }) => ({ claim, lines: lines(visit) })),
    }
  },
  *run({ field, address, usually, claims }: ClientAddressForgedSeen) {
    const place = `request.fields.${field.toLowerCase()}`
    const all = claims.map((one) => ({ ...one, addresses: clientAddresses(field, one.lines) }))
    for (const { claim, lines, addresses } of all) {
      if (addresses.some((each) => forged.includes(each)))
        yield clientAddressForgedKept.at(place, { claim, field, told: lines.join(', '), address })
      else if (addresses.length === 0 && usually) yield clientAddressForgedLost.at(place, { claim, field })
    }
    const doubled = all.find(
      ({ addresses }) => addresses.length > 1 && !addresses.some((each) => forged.includes(each)),
    )
    if (doubled !== undefined) yield clientAddressForgedDoubled.at(place, { field, told: doubled.lines.join(', ') })
  },
  examples: [
    {
      title: 'only the true address, whatever was claimed',
      given: seen([
        ['X-Forwarded-For: 6.6.6.6', ['192.0.2.7']],
        ['Connection: X-Forwarded-For', ['192.0.2.7']],
      ]),
      yields: [],
    },
    {
      title: 'a field that the balancer never writes is of no concern here',
      given: { ...seen([['Connection: X-Forwarded-For', []]]), usually: false },
      yields: [],
    },
    {
      title: 'the claim stands before the true address',
      given: seen([['X-Forwarded-For: 6.6.6.6', ['6.6.6.6', '192.0.2.7']]]),
      yields: [clientAddressForgedKept],
    },
    {
      title: 'the claim stands alone',
      given: seen([['x-forwarded-for: 6.6.6.6', ['6.6.6.6']]]),
      yields: [clientAddressForgedKept],
    },
    {
      title: 'two lines add the true address',
      given: seen([['X-Forwarded-For: 6.6.6.6', ['192.0.2.7', '192.0.2.7']]]),
      yields: [clientAddressForgedDoubled],
    },
    {
      title: 'the field goes with those that Connection names',
      given: seen([['Connection: X-Forwarded-For', []]]),
      yields: [clientAddressForgedLost],
    },
  ],
})

function seen(claims: readonly (readonly [claim: string, lines: readonly string[]])[]): ClientAddressForgedSeen {
  const all = claims.map(([claim, lines]) => ({ claim, lines }))
  return { field: 'X-Forwarded-For', address: '192.0.2.7', usually: true, claims: all }
}
