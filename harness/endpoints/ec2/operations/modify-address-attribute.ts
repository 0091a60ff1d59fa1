import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { addressAttributeView, addresses } from '../resources/address.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyAddressAttribute.html */
export const modifyAddressAttribute = operation({
  name: 'ModifyAddressAttribute',
  parameters: { AllocationId: required(text()), DomainName: required(text({ max: 253 })) },
  errors: ['InvalidAllocationID.NotFound'],
  run({ AllocationId, DomainName }, { region }) {
    const address = region.of(addresses).demand(AllocationId)
    address.ptrRecord = DomainName.endsWith('.') ? DomainName : `${DomainName}.`
    return { address: addressAttributeView(address) }
  },
  examples: [
    {
      title: 'the name for mail',
      before: [{ action: 'AllocateAddress', as: 'address' }],
      given: { AllocationId: '$address.allocationId', DomainName: 'mail.example.com' },
      answers: { 'address.ptrRecord': 'mail.example.com.' },
    },
    {
      title: 'an allocation that there is not',
      given: { AllocationId: 'eipalloc-0123456789abcdef0', DomainName: 'mail.example.com' },
      answers: 'InvalidAllocationID.NotFound',
    },
  ],
})
