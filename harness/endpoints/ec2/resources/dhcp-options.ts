import type { FilterValue } from '../filters.ts'
import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import { tagSet } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'

export interface DhcpOptions {
  readonly id: string
  readonly isDefault: boolean
  readonly configurations: readonly { readonly key: string; readonly values: readonly string[] }[]
}

export const dhcpOptions = resourceKind<DhcpOptions>({
  name: 'dhcp-options',
  prefix: 'dopt',
  notFound: 'InvalidDhcpOptionID.NotFound',
  initial: (region) => [
    {
      id: `dopt-0${region.ids.hex('dopt', 16)}`,
      isDefault: true,
      configurations: [
        { key: 'domain-name', values: [domainOf(region.name)] },
        { key: 'domain-name-servers', values: ['AmazonProvidedDNS'] },
      ],
    },
  ],
})

/** The options that a VPC has when it is made. */
export function defaultDhcpOptionsId(region: Region): string {
  for (const { id, isDefault } of region.of(dhcpOptions).everything()) if (isDefault) return id
  return 'default'
}

function domainOf(region: string): string {
  return region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`
}

export function dhcpOptionsView({ id, configurations }: DhcpOptions, region: Region): Xml {
  return {
    dhcpOptionsId: id,
    ownerId: region.accountId,
    dhcpConfigurationSet: configurations.map(({ key, values }) => ({
      key,
      valueSet: values.map((value) => ({ value })),
    })),
    tagSet: tagSet(region, id),
  }
}

export const dhcpOptionsFilters: Readonly<Record<string, (item: DhcpOptions, region: Region) => FilterValue>> = {
  'dhcp-options-id': ({ id }) => id,
  key: ({ configurations }) => configurations.map(({ key }) => key),
  'owner-id': (_, region) => region.accountId,
  value: ({ configurations }) => configurations.flatMap(({ values }) => values),
}
