import type { FilterValue } from '../filters.ts'
import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import { tagSet } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import { defaultVpc } from './vpc.ts'

export interface InternetGateway {
  readonly id: string
  /** Where it is attached. */
  vpcId: string | undefined
}

export const internetGateways = resourceKind<InternetGateway>({
  name: 'internet-gateway',
  prefix: 'igw',
  notFound: 'InvalidInternetGatewayID.NotFound',
  initial(region) {
    const vpc = defaultVpc(region)
    return vpc === undefined ? [] : [{ id: newGatewayId(region), vpcId: vpc.id }]
  },
})

function newGatewayId(region: Region): string {
  return `igw-0${region.ids.hex('igw', 16)}`
}

export function gatewayOf(vpcId: string, region: Region): InternetGateway | undefined {
  for (const gateway of region.of(internetGateways).everything()) if (gateway.vpcId === vpcId) return gateway
  return undefined
}

export function internetGatewayView({ id, vpcId }: InternetGateway, region: Region): Xml {
  return {
    internetGatewayId: id,
    ownerId: region.accountId,
    // EC2's own word for the state of this one attachment.
    attachmentSet: vpcId === undefined ? [] : [{ vpcId, state: 'available' }],
    tagSet: tagSet(region, id),
  }
}

export const internetGatewayFilters: Readonly<
  Record<string, (gateway: InternetGateway, region: Region) => FilterValue>
> = {
  'attachment.state': ({ vpcId }) => (vpcId === undefined ? undefined : 'available'),
  'attachment.vpc-id': ({ vpcId }) => vpcId,
  'internet-gateway-id': ({ id }) => id,
  'owner-id': (_, region) => region.accountId,
}
