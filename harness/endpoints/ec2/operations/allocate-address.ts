import { ec2Error } from '../errors.ts'
import { operation } from '../operation.ts'
import { text } from '../parameters.ts'
import { addresses } from '../resources/address.ts'
import { parseIpv4 } from '../resources/cidr.ts'
import { newPublicAddress } from '../resources/network-interface.ts'
import { checkSpecifications, tagAsSpecified, tagSpecifications } from '../tagging.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html */
export const allocateAddress = operation({
  name: 'AllocateAddress',
  parameters: {
    Domain: text(),
    Address: text(),
    PublicIpv4Pool: text(),
    NetworkBorderGroup: text(),
    CustomerOwnedIpv4Pool: text(),
    IpamPoolId: text(),
    TagSpecification: tagSpecifications,
  },
  errors: ['AddressLimitExceeded', 'InvalidAddress.NotFound', 'InvalidIPAddress.InUse', 'InvalidParameterCombination'],
  run({ Domain, Address: wanted, NetworkBorderGroup: group = '', TagSpecification }, { region }) {
    checkSpecifications(TagSpecification, ['elastic-ip'])
    if (group !== '' && group !== region.name) {
      throw ec2Error('InvalidParameterCombination', `Network border group '${group}' is not of this region`)
    }
    const there = region.of(addresses)
    if (there.size >= region.quota('addresses')) throw ec2Error('AddressLimitExceeded')
    if (wanted !== undefined) {
      if (parseIpv4(wanted) === undefined) throw ec2Error('InvalidAddress.NotFound', wanted)
      for (const { publicIp } of there.everything()) {
        if (publicIp === wanted) throw ec2Error('InvalidIPAddress.InUse', wanted)
      }
    }
    const address = there.add({
      id: there.newId(),
      // An address that was given back can be had again; which ones those are is not remembered.
      publicIp: wanted ?? newPublicAddress(region),
      // Whatever is asked for, there is nothing but VPCs, save for whoever says the old word.
      domain: Domain === 'standard' ? 'standard' : 'vpc',
      association: undefined,
    })
    tagAsSpecified(region, addresses, address.id, TagSpecification)
    return {
      publicIp: address.publicIp,
      allocationId: address.id,
      publicIpv4Pool: 'amazon',
      domain: address.domain,
      networkBorderGroup: region.name,
    }
  },
  examples: [
    { title: 'one', answers: { domain: 'vpc', publicIp: '198.18.0.1', networkBorderGroup: 'us-east-1' } },
    {
      title: 'one that was given back before',
      given: { Address: '203.0.113.25' },
      answers: { publicIp: '203.0.113.25' },
    },
    {
      title: 'one that is there already',
      before: [{ action: 'AllocateAddress', given: { Address: '203.0.113.25' } }],
      given: { Address: '203.0.113.25' },
      answers: 'InvalidIPAddress.InUse',
    },
    { title: 'what is no address', given: { Address: '203.0.113' }, answers: 'InvalidAddress.NotFound' },
    { title: 'one more than the quota', seed: { quotas: { addresses: 0 } }, answers: 'AddressLimitExceeded' },
    {
      title: 'of another border group',
      given: { NetworkBorderGroup: 'eu-west-1' },
      answers: 'InvalidParameterCombination',
    },
  ],
})
