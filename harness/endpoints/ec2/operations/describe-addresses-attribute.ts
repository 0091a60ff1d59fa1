import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'
import { integer, list, text } from '../parameters.ts'
import { addressAttributeView, addresses } from '../resources/address.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddressesAttribute.html */
export const describeAddressesAttribute = operation({
  name: 'DescribeAddressesAttribute',
  parameters: {
    AllocationId: list(text()),
    Attribute: text({ oneOf: ['domain-name'] }),
    MaxResults: integer(),
    NextToken: text(),
  },
  errors: ['InvalidAllocationID.NotFound'],
  looks: true,
  run({ AllocationId, MaxResults, NextToken }, { region }) {
    const there = region.of(addresses)
    const page = pageOf(AllocationId.length > 0 ? there.demandAll(AllocationId) : there.all(), {
      size: MaxResults,
      token: NextToken,
      limits: { min: 1, max: 1_000 },
    })
    return { addressSet: page.items.map(addressAttributeView), nextToken: page.nextToken }
  },
  examples: [
    {
      title: 'one with a name',
      before: [
        { action: 'AllocateAddress', as: 'address' },
        {
          action: 'ModifyAddressAttribute',
          given: { AllocationId: '$address.allocationId', DomainName: 'mail.example.com' },
        },
      ],
      given: { 'AllocationId.1': '$address.allocationId', Attribute: 'domain-name' },
      answers: { 'addressSet.0.ptrRecord': 'mail.example.com.' },
    },
    {
      title: 'an allocation that there is not',
      given: { 'AllocationId.1': 'eipalloc-0123456789abcdef0' },
      answers: 'InvalidAllocationID.NotFound',
    },
  ],
})
