import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { addressAttributeView, addresses } from '../resources/address.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetAddressAttribute.html */
export const resetAddressAttribute = operation({
  name: 'ResetAddressAttribute',
  parameters: { AllocationId: required(text()), Attribute: required(text({ oneOf: ['domain-name'] })) },
  errors: ['InvalidAllocationID.NotFound'],
  run({ AllocationId }, { region }) {
    const address = region.of(addresses).demand(AllocationId)
    address.ptrRecord = undefined
    return { address: addressAttributeView(address) }
  },
  examples: [
    {
      title: 'the name is gone',
      before: [
        { action: 'AllocateAddress', as: 'address' },
        {
          action: 'ModifyAddressAttribute',
          given: { AllocationId: '$address.allocationId', DomainName: 'mail.example.com' },
        },
      ],
      given: { AllocationId: '$address.allocationId', Attribute: 'domain-name' },
      answers: { 'address.allocationId': '$address.allocationId', 'address.ptrRecord': undefined },
    },
    {
      title: 'an allocation that there is not',
      given: { AllocationId: 'eipalloc-0123456789abcdef0', Attribute: 'domain-name' },
      answers: 'InvalidAllocationID.NotFound',
    },
  ],
})
