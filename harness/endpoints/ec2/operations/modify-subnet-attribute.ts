import { ec2Error } from '../errors.ts'
import { aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { boolean, integer, required, structure, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { subnets } from '../resources/subnet.ts'

const value = structure({ Value: boolean() })

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html */
export const modifySubnetAttribute = operation({
  name: 'ModifySubnetAttribute',
  parameters: {
    SubnetId: required(idOf(subnets)),
    AssignIpv6AddressOnCreation: value,
    MapPublicIpOnLaunch: value,
    MapCustomerOwnedIpOnLaunch: value,
    CustomerOwnedIpv4Pool: text(),
    EnableDns64: value,
    PrivateDnsHostnameTypeOnLaunch: text({ oneOf: ['ip-name', 'resource-name'] }),
    EnableResourceNameDnsARecordOnLaunch: value,
    EnableResourceNameDnsAAAARecordOnLaunch: value,
    EnableLniAtDeviceIndex: integer({ min: 1 }),
    DisableLniAtDeviceIndex: value,
  },
  errors: ['InvalidSubnetID.NotFound', 'MissingParameter'],
  run({ SubnetId, ...given }, { region }) {
    const subnet = region.of(subnets).demand(SubnetId)
    if (Object.values(given).every((each) => each === undefined)) throw ec2Error('MissingParameter', 'attribute')
    const dns = subnet.privateDnsNameOptionsOnLaunch
    subnet.assignIpv6AddressOnCreation = given.AssignIpv6AddressOnCreation?.Value ?? subnet.assignIpv6AddressOnCreation
    subnet.mapPublicIpOnLaunch = given.MapPublicIpOnLaunch?.Value ?? subnet.mapPublicIpOnLaunch
    subnet.mapCustomerOwnedIpOnLaunch = given.MapCustomerOwnedIpOnLaunch?.Value ?? subnet.mapCustomerOwnedIpOnLaunch
    subnet.customerOwnedIpv4Pool = given.CustomerOwnedIpv4Pool ?? subnet.customerOwnedIpv4Pool
    subnet.enableDns64 = given.EnableDns64?.Value ?? subnet.enableDns64
    dns.hostnameType = given.PrivateDnsHostnameTypeOnLaunch ?? dns.hostnameType
    dns.enableResourceNameDnsARecord =
      given.EnableResourceNameDnsARecordOnLaunch?.Value ?? dns.enableResourceNameDnsARecord
    dns.enableResourceNameDnsAAAARecord =
      given.EnableResourceNameDnsAAAARecordOnLaunch?.Value ?? dns.enableResourceNameDnsAAAARecord
    subnet.enableLniAtDeviceIndex =
      given.DisableLniAtDeviceIndex?.Value === true
        ? undefined
        : (given.EnableLniAtDeviceIndex ?? subnet.enableLniAtDeviceIndex)
    return { return: true }
  },
  examples: [
    {
      title: 'public addresses for what is launched there',
      before: [aVpc, aSubnet],
      given: { SubnetId: '$subnet.subnet.subnetId', 'MapPublicIpOnLaunch.Value': 'true' },
      answers: { return: 'true' },
    },
    {
      title: 'nothing',
      before: [aVpc, aSubnet],
      given: { SubnetId: '$subnet.subnet.subnetId' },
      answers: 'MissingParameter',
    },
    {
      title: 'of one that there is not',
      given: { SubnetId: nobody.subnet, 'MapPublicIpOnLaunch.Value': 'true' },
      answers: 'InvalidSubnetID.NotFound',
    },
  ],
})
