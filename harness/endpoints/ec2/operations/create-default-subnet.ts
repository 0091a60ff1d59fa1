import { ec2Error } from '../errors.ts'
import { settle } from '../networks.ts'
import { operation } from '../operation.ts'
import { boolean, text } from '../parameters.ts'
import { zonesOf } from '../regions.ts'
import { cidrOf, cidrText, overlaps } from '../resources/cidr.ts'
import { defaultAclOf, newAclAssociationId } from '../resources/network-acl.ts'
import { defaultSubnet, newSubnet, subnets, subnetsOf, subnetView } from '../resources/subnet.ts'
import { defaultVpc } from '../resources/vpc.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDefaultSubnet.html */
export const createDefaultSubnet = operation({
  name: 'CreateDefaultSubnet',
  parameters: { AvailabilityZone: text(), AvailabilityZoneId: text(), Ipv6Native: boolean() },
  errors: ['InvalidParameterValue', 'VPCIdNotSpecified', 'DefaultSubnetAlreadyExistsInAvailabilityZone'],
  run({ AvailabilityZone, AvailabilityZoneId, Ipv6Native }, { region }) {
    if (AvailabilityZone === undefined && AvailabilityZoneId === undefined) {
      throw ec2Error('MissingParameter', 'AvailabilityZone')
    }
    const zone = zonesOf(region.name, region.world.seed).find(
      ({ name, id }) => name === AvailabilityZone || id === AvailabilityZoneId,
    )
    if (zone === undefined) {
      throw ec2Error('InvalidParameterValue', `Invalid availability zone: [${AvailabilityZone ?? AvailabilityZoneId}]`)
    }
    const vpc = defaultVpc(region)
    if (vpc === undefined) throw ec2Error('VPCIdNotSpecified')
    settle(region)
    const there = defaultSubnet(region, zone.name)
    if (there !== undefined) throw ec2Error('DefaultSubnetAlreadyExistsInAvailabilityZone', there.id, zone.name)
    const siblings = subnetsOf(vpc.id, region)
    const free = Array.from({ length: 16 }, (_, index) => cidrOf(`172.31.${index * 16}.0/20`)).find(
      (block) => !siblings.some((each) => overlaps(each.block, block)),
    )
    if (free === undefined) throw ec2Error('InvalidParameterValue', `There is no free /20 block left in ${vpc.id}`)
    const subnet = newSubnet(region, {
      vpcId: vpc.id,
      cidr: cidrText(free),
      zone: zone.name,
      isDefault: true,
      ipv6Native: Ipv6Native ?? false,
    })
    region.of(subnets).add(subnet)
    defaultAclOf(vpc.id, region)?.associations.set(subnet.id, newAclAssociationId(region))
    return { subnet: subnetView(subnet, region, true) }
  },
  examples: [
    {
      title: 'where it was deleted before',
      before: [
        {
          action: 'DescribeSubnets',
          given: { 'Filter.1.Name': 'availability-zone', 'Filter.1.Value.1': 'us-east-1a' },
          as: 'all',
        },
        { action: 'DeleteSubnet', given: { SubnetId: '$all.subnetSet.0.subnetId' } },
      ],
      given: { AvailabilityZone: 'us-east-1a' },
      answers: {
        'subnet.cidrBlock': '172.31.0.0/20',
        'subnet.defaultForAz': 'true',
        'subnet.mapPublicIpOnLaunch': 'true',
      },
    },
    {
      title: 'where there is one',
      given: { AvailabilityZone: 'us-east-1a' },
      answers: 'DefaultSubnetAlreadyExistsInAvailabilityZone',
    },
    {
      title: 'in a zone that there is not',
      given: { AvailabilityZone: 'us-east-1z' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'where there is no default VPC',
      seed: { defaultVpc: false },
      given: { AvailabilityZone: 'us-east-1a' },
      answers: 'VPCIdNotSpecified',
    },
  ],
})
