import { ec2Error } from '../errors.ts'
import { runOne, theInstance } from '../examples/instances.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { operation } from '../operation.ts'
import { list, text } from '../parameters.ts'
import { addresses, addressFilters, addressView } from '../resources/address.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html */
export const describeAddresses = operation({
  name: 'DescribeAddresses',
  parameters: { PublicIp: list(text()), AllocationId: list(text()), Filter: filterParameter },
  errors: ['InvalidAllocationID.NotFound', 'InvalidAddress.NotFound'],
  looks: true,
  run({ PublicIp, AllocationId, Filter }, { region }) {
    const there = region.of(addresses)
    const all = AllocationId.length > 0 ? there.demandAll(AllocationId) : there.all()
    const known = new Set(all.map(({ publicIp }) => publicIp))
    const missing = PublicIp.filter((each) => !known.has(each))
    if (missing.length > 0) throw ec2Error('InvalidAddress.NotFound', missing.join(', '))
    const wanted = new Set(PublicIp)
    const chosen = wanted.size === 0 ? all : all.filter(({ publicIp }) => wanted.has(publicIp))
    return {
      addressesSet: applyFilters(chosen, Filter, addressFilters, region).map((each) => addressView(each, region)),
    }
  },
  examples: [
    {
      title: 'that of an instance',
      clock: 'instant',
      before: [
        runOne,
        { action: 'AllocateAddress' },
        { action: 'AllocateAddress', as: 'address' },
        { action: 'AssociateAddress', given: { AllocationId: '$address.allocationId', InstanceId: theInstance } },
      ],
      given: { 'Filter.1.Name': 'instance-id', 'Filter.1.Value.1': theInstance },
      answers: {
        'addressesSet.0.publicIp': '$address.publicIp',
        'addressesSet.0.instanceId': theInstance,
        'addressesSet.1.publicIp': undefined,
      },
    },
    {
      title: 'one that nothing uses, by itself',
      before: [{ action: 'AllocateAddress', as: 'address' }],
      given: { 'PublicIp.1': '$address.publicIp' },
      answers: { 'addressesSet.0.allocationId': '$address.allocationId', 'addressesSet.0.instanceId': '' },
    },
    {
      title: 'an allocation that there is not',
      given: { 'AllocationId.1': 'eipalloc-0123456789abcdef0' },
      answers: 'InvalidAllocationID.NotFound',
    },
    {
      title: 'an address that there is not',
      given: { 'PublicIp.1': '203.0.113.1' },
      answers: 'InvalidAddress.NotFound',
    },
  ],
})
