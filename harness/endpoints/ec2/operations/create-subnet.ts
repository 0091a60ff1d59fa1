import { ec2Error } from '../errors.ts'
import { aSubnet, aVpc, vpcWithIpv6 } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { blockOf, isWithin, settle } from '../networks.ts'
import { operation } from '../operation.ts'
import { boolean, integer, required, text } from '../parameters.ts'
import { refusePools } from '../pools.ts'
import type { Zone } from '../regions.ts'
import { regionNames, zonesOf } from '../regions.ts'
import { idOf } from '../resource.ts'
import { cidrText, overlaps } from '../resources/cidr.ts'
import { settled } from '../resources/lifecycle.ts'
import { defaultAclOf, newAclAssociationId } from '../resources/network-acl.ts'
import { newSubnet, subnets, subnetsOf, subnetView } from '../resources/subnet.ts'
import { vpcs } from '../resources/vpc.ts'
import { newSubnetCidrId, subnetIpv6Block } from '../subnet-ipv6.ts'
import type { Region } from '../store.ts'
import { checkSpecifications, tagAsSpecified, tagSpecifications } from '../tagging.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html */
export const createSubnet = operation({
  name: 'CreateSubnet',
  parameters: {
    VpcId: required(idOf(vpcs)),
    CidrBlock: required(text()),
    AvailabilityZone: text(),
    AvailabilityZoneId: text(),
    Ipv6CidrBlock: text(),
    Ipv6Native: boolean(),
    OutpostArn: text(),
    Ipv4IpamPoolId: text(),
    Ipv4NetmaskLength: integer(),
    Ipv6IpamPoolId: text(),
    Ipv6NetmaskLength: integer(),
    TagSpecification: tagSpecifications,
  },
  errors: [
    'InvalidVpcID.NotFound',
    'InvalidParameterValue',
    'InvalidSubnet.Range',
    'InvalidSubnet.Conflict',
    'InvalidIpamPoolId.NotFound',
    'SubnetLimitExceeded',
  ],
  run(given, { region }) {
    const vpc = region.of(vpcs).demand(given.VpcId)
    refusePools(given, region)
    const block = blockOf(given.CidrBlock)
    const zone = zoneOf(given.AvailabilityZone, given.AvailabilityZoneId, region)
    checkSpecifications(given.TagSpecification, ['subnet'])
    if (block.bits < 16 || block.bits > 28 || !isWithin(vpc, block, region)) {
      throw ec2Error('InvalidSubnet.Range', given.CidrBlock)
    }
    settle(region)
    const siblings = subnetsOf(vpc.id, region)
    if (siblings.some((each) => overlaps(each.block, block))) throw ec2Error('InvalidSubnet.Conflict', given.CidrBlock)
    if (siblings.length >= region.quota('subnets-per-vpc')) throw ec2Error('SubnetLimitExceeded')
    const ipv6 = given.Ipv6CidrBlock === undefined ? undefined : subnetIpv6Block(given.Ipv6CidrBlock, vpc, region)
    const subnet = newSubnet(region, {
      vpcId: vpc.id,
      cidr: cidrText(block),
      zone: zone.name,
      zoneId: zone.id,
      isDefault: false,
      ipv6Associations:
        ipv6 === undefined ? [] : [{ associationId: newSubnetCidrId(region), cidr: ipv6, life: settled('associated') }],
      ipv6Native: given.Ipv6Native ?? false,
      outpostArn: given.OutpostArn,
    })
    region.of(subnets).add(subnet)
    defaultAclOf(vpc.id, region)?.associations.set(subnet.id, newAclAssociationId(region))
    tagAsSpecified(region, subnets, subnet.id, given.TagSpecification)
    return { subnet: subnetView(subnet, region, true) }
  },
  examples: [
    {
      title: 'of a pool that there is not',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.0.0.0/24', Ipv4IpamPoolId: nobody.ipamPool },
      answers: 'InvalidIpamPoolId.NotFound',
    },
    {
      title: 'of a VPC, in a zone',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.0.1.0/24', AvailabilityZone: 'us-east-1b' },
      answers: {
        'subnet.state': 'available',
        'subnet.vpcId': '$vpc.vpc.vpcId',
        'subnet.availabilityZone': 'us-east-1b',
        'subnet.availabilityZoneId': 'use1-az1',
        'subnet.availableIpAddressCount': '251',
        'subnet.defaultForAz': 'false',
        'subnet.mapPublicIpOnLaunch': 'false',
      },
    },
    {
      title: 'by the id of the zone',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.0.1.0/24', AvailabilityZoneId: 'use1-az2' },
      answers: { 'subnet.availabilityZone': 'us-east-1c' },
    },
    {
      title: 'with IPv6 addresses of its VPC',
      before: [vpcWithIpv6],
      given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.0.1.0/24', Ipv6CidrBlock: '2001:db8:1000:101::/64' },
      answers: { 'subnet.ipv6CidrBlockAssociationSet.0.ipv6CidrBlock': '2001:db8:1000:101::/64' },
    },
    {
      title: 'of a VPC that there is not',
      given: { VpcId: nobody.vpc, CidrBlock: '10.0.1.0/24' },
      answers: 'InvalidVpcID.NotFound',
    },
    {
      title: 'in a zone that there is not',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.0.1.0/24', AvailabilityZone: 'us-east-1z' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'outside the VPC',
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.1.0.0/24' },
      answers: 'InvalidSubnet.Range',
    },
    {
      title: 'over another',
      before: [aVpc, aSubnet],
      given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.0.0.128/25' },
      answers: 'InvalidSubnet.Conflict',
    },
    {
      title: 'more than the quota leaves',
      seed: { quotas: { 'subnets-per-vpc': 0 } },
      before: [aVpc],
      given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.0.1.0/24' },
      answers: 'SubnetLimitExceeded',
    },
  ],
})

/** The zone that is named; the first one of the region when none is. For moto it may be one of another region. */
function zoneOf(name: string | undefined, id: string | undefined, region: Region): Zone {
  const { seed, lenient } = region.world
  const zones = zonesOf(region.name, seed)
  const others = lenient ? regionNames(seed).flatMap((other) => zonesOf(other, seed)) : []
  const found = [...zones, ...others].find(
    (zone) => (name === undefined || zone.name === name) && (id === undefined || zone.id === id),
  )
  if (found !== undefined) return found
  const [parameter, value] = name === undefined ? ['availabilityZoneId', id] : ['availabilityZone', name]
  const there = zones.map((zone) => (name === undefined ? zone.id : zone.name)).join(', ')
  throw ec2Error(
    'InvalidParameterValue',
    `Value (${value}) for parameter ${parameter} is invalid. Subnets can currently only be created in the following availability zones: ${there}.`,
  )
}
