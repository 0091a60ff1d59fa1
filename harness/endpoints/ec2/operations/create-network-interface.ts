import { ec2Error } from '../errors.ts'
import { aGroup, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { interfaceGroups, moreIpv6, takeAddresses, takeIpv6Addresses } from '../interface-addresses.ts'
import { operation } from '../operation.ts'
import { boolean, integer, list, required, structure, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { elasticOf, networkInterfaceView } from '../resources/network-interface-view.ts'
import { addInterface, networkInterfaces } from '../resources/network-interface.ts'
import { subnets } from '../resources/subnet.ts'
import { checkSpecifications, tagAsSpecified, tagSpecifications } from '../tagging.ts'

const there = { SubnetId: '$subnet.subnet.subnetId' } as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html */
export const createNetworkInterface = operation({
  name: 'CreateNetworkInterface',
  parameters: {
    SubnetId: required(idOf(subnets)),
    Description: text({ max: 255 }),
    PrivateIpAddress: text(),
    PrivateIpAddresses: list(structure({ Primary: boolean(), PrivateIpAddress: required(text()) })),
    SecondaryPrivateIpAddressCount: integer({ min: 0, max: 255 }),
    SecurityGroupId: list(text()),
    Ipv6Addresses: list(structure({ Ipv6Address: required(text()), IsPrimaryIpv6: boolean() })),
    Ipv6AddressCount: integer({ min: 0, max: 255 }),
    InterfaceType: text({ oneOf: ['efa', 'efa-only', 'branch', 'trunk'] }),
    EnablePrimaryIpv6: boolean(),
    ConnectionTrackingSpecification: structure({
      TcpEstablishedTimeout: integer(),
      UdpStreamTimeout: integer(),
      UdpTimeout: integer(),
    }),
    ClientToken: text({ max: 64 }),
    TagSpecification: tagSpecifications,
  },
  errors: [
    'InvalidSubnetID.NotFound',
    'InvalidGroup.NotFound',
    'InvalidParameterValue',
    'InvalidIPAddress.InUse',
    'InsufficientFreeAddressesInSubnet',
    'NetworkInterfaceLimitExceeded',
  ],
  run(given, { region }) {
    const subnet = region.of(subnets).demand(given.SubnetId)
    checkSpecifications(given.TagSpecification, ['network-interface'])
    const groupIds = interfaceGroups(given.SecurityGroupId, subnet.vpcId, region)
    if (region.of(networkInterfaces).size >= region.quota('network-interfaces')) {
      throw ec2Error('NetworkInterfaceLimitExceeded')
    }
    const ipv6 = takeIpv6Addresses(
      subnet,
      given.Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
      moreIpv6(subnet, given.Ipv6Addresses.length, given.Ipv6AddressCount, region),
      region,
    )
    const privateIps = takeAddresses(subnet, wantedOf(given), given.SecondaryPrivateIpAddressCount ?? 0, region)
    const nic = addInterface(region, subnet, {
      groupIds,
      privateIps,
      description: given.Description ?? '',
      interfaceType: given.InterfaceType ?? 'interface',
    })
    nic.ipv6.push(...ipv6)
    tagAsSpecified(region, networkInterfaces, nic.id, given.TagSpecification)
    return {
      networkInterface: networkInterfaceView(nic, region, elasticOf(region), true),
      clientToken: given.ClientToken,
    }
  },
  examples: [
    {
      title: 'in a subnet, with the default group, pending at first',
      before: [aVpc, aSubnet],
      given: { ...there, Description: 'second leg' },
      answers: {
        'networkInterface.status': 'pending',
        'networkInterface.description': 'second leg',
        'networkInterface.privateIpAddress': '10.0.0.4',
        'networkInterface.privateIpAddressesSet.0.primary': 'true',
        'networkInterface.groupSet.0.groupName': 'default',
        'networkInterface.availabilityZone': 'us-east-1a',
      },
    },
    {
      title: 'with addresses of its own, and more',
      before: [aVpc, aSubnet],
      given: {
        ...there,
        'PrivateIpAddresses.1.PrivateIpAddress': '10.0.0.20',
        'PrivateIpAddresses.2.PrivateIpAddress': '10.0.0.10',
        'PrivateIpAddresses.2.Primary': 'true',
        SecondaryPrivateIpAddressCount: '1',
      },
      answers: {
        'networkInterface.privateIpAddress': '10.0.0.10',
        'networkInterface.privateIpAddressesSet.1.privateIpAddress': '10.0.0.20',
        'networkInterface.privateIpAddressesSet.2.privateIpAddress': '10.0.0.4',
      },
    },
    {
      title: 'with an address outside the subnet, in a group of another VPC, where networks are not checked',
      suite: 'moto',
      before: [aVpc, aSubnet, aGroup],
      given: { ...there, PrivateIpAddress: '10.0.7.7', 'SecurityGroupId.1': '$group.groupId' },
      answers: {
        'networkInterface.privateIpAddress': '10.0.7.7',
        'networkInterface.groupSet.0.groupId': '$group.groupId',
      },
    },
    {
      title: 'in a group of another VPC',
      before: [aVpc, aSubnet, aGroup],
      given: { ...there, 'SecurityGroupId.1': '$group.groupId' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'in a subnet that there is not',
      given: { SubnetId: nobody.subnet },
      answers: 'InvalidSubnetID.NotFound',
    },
    {
      title: 'in a group that there is not',
      before: [aVpc, aSubnet],
      given: { ...there, 'SecurityGroupId.1': nobody.group },
      answers: 'InvalidGroup.NotFound',
    },
    {
      title: 'with an address outside the subnet',
      before: [aVpc, aSubnet],
      given: { ...there, PrivateIpAddress: '10.0.7.7' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'with an address that is taken',
      before: [aVpc, aSubnet, { action: 'CreateNetworkInterface', given: { ...there, PrivateIpAddress: '10.0.0.7' } }],
      given: { ...there, PrivateIpAddress: '10.0.0.7' },
      answers: 'InvalidIPAddress.InUse',
    },
    {
      title: 'with more addresses than there are',
      before: [aVpc, { ...aSubnet, given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.0.0.0/28' } }],
      given: { ...there, SecondaryPrivateIpAddressCount: '11' },
      answers: 'InsufficientFreeAddressesInSubnet',
    },
    {
      title: 'more than the quota leaves',
      seed: { quotas: { 'network-interfaces': 0 } },
      before: [aVpc, aSubnet],
      given: there,
      answers: 'NetworkInterfaceLimitExceeded',
    },
  ],
})

/** Addresses that a request names, the primary one first; undefined where it names none. */
function wantedOf(given: {
  readonly PrivateIpAddress: string | undefined
  readonly PrivateIpAddresses: readonly { readonly Primary: boolean | undefined; readonly PrivateIpAddress: string }[]
}): (string | undefined)[] {
  const named = given.PrivateIpAddresses
  const primary =
    given.PrivateIpAddress ?? (named.find(({ Primary }) => Primary === true) ?? named[0])?.PrivateIpAddress
  const others = named.map(({ PrivateIpAddress }) => PrivateIpAddress).filter((address) => address !== primary)
  return [primary, ...others]
}
