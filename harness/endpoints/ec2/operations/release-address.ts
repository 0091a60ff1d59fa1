import { ec2Error } from '../errors.ts'
import { runOne, theInstance } from '../examples/instances.ts'
import { operation } from '../operation.ts'
import { text } from '../parameters.ts'
import type { Address } from '../resources/address.ts'
import { addresses, demandAddress } from '../resources/address.ts'
import { networkInterfaces } from '../resources/network-interface.ts'
import { defaultVpc } from '../resources/vpc.ts'
import type { Region } from '../store.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseAddress.html */
export const releaseAddress = operation({
  name: 'ReleaseAddress',
  parameters: { AllocationId: text(), PublicIp: text(), NetworkBorderGroup: text() },
  errors: [
    'MissingParameter',
    'InvalidAllocationID.NotFound',
    'InvalidAddress.NotFound',
    'InvalidIPAddress.InUse',
    'InvalidParameterValue',
  ],
  run(given, { region }) {
    const address = demandAddress(region, given)
    const group = given.NetworkBorderGroup
    if (group !== undefined && group !== region.name) {
      throw ec2Error('InvalidParameterValue', `The address ${address.publicIp} is not of the group '${group}'`)
    }
    if (isHeld(address, region)) throw ec2Error('InvalidIPAddress.InUse', address.publicIp)
    region.of(addresses).remove(address.id)
    return { return: true }
  },
  examples: [
    {
      title: 'one that nothing uses',
      before: [{ action: 'AllocateAddress', as: 'address' }],
      given: { AllocationId: '$address.allocationId' },
      answers: { return: 'true' },
    },
    {
      title: 'one of an instance in the default VPC, which loses it',
      clock: 'instant',
      before: [
        runOne,
        { action: 'AllocateAddress', as: 'address' },
        { action: 'AssociateAddress', given: { AllocationId: '$address.allocationId', InstanceId: theInstance } },
      ],
      given: { AllocationId: '$address.allocationId' },
      answers: { return: 'true' },
    },
    {
      title: 'one of an instance in another VPC',
      clock: 'instant',
      before: [
        { action: 'CreateVpc', given: { CidrBlock: '10.0.0.0/16' }, as: 'vpc' },
        { action: 'CreateSubnet', given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.0.0.0/24' }, as: 'subnet' },
        { ...runOne, given: { ...runOne.given, SubnetId: '$subnet.subnet.subnetId' } },
        { action: 'AllocateAddress', as: 'address' },
        { action: 'AssociateAddress', given: { AllocationId: '$address.allocationId', InstanceId: theInstance } },
      ],
      given: { AllocationId: '$address.allocationId' },
      answers: 'InvalidIPAddress.InUse',
    },
    { title: 'none', answers: 'MissingParameter' },
    {
      title: 'of another border group',
      before: [{ action: 'AllocateAddress', as: 'address' }],
      given: { AllocationId: '$address.allocationId', NetworkBorderGroup: 'eu-west-1' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'an allocation that there is not',
      given: { AllocationId: 'eipalloc-0123456789abcdef0' },
      answers: 'InvalidAllocationID.NotFound',
    },
    { title: 'an address that there is not', given: { PublicIp: '203.0.113.1' }, answers: 'InvalidAddress.NotFound' },
  ],
})

/** In a VPC of one's own an address must be disassociated first; in the default one that happens by itself. */
function isHeld({ association }: Address, region: Region): boolean {
  const nic = association && region.of(networkInterfaces).get(association.interfaceId)
  return nic !== undefined && nic.vpcId !== defaultVpc(region)?.id
}
