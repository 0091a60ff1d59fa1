import { ec2Error } from '../errors.ts'
import { runOne, theInstance } from '../examples/instances.ts'
import { operation } from '../operation.ts'
import { text } from '../parameters.ts'
import { addresses, demandAddress, expected } from '../resources/address.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateAddress.html */
export const disassociateAddress = operation({
  name: 'DisassociateAddress',
  parameters: { AssociationId: text(), PublicIp: text() },
  errors: ['MissingParameter', 'InvalidAssociationID.NotFound', 'InvalidAddress.NotFound'],
  run({ AssociationId: id, PublicIp }, { region }) {
    if (id === undefined && PublicIp === undefined) throw expected('PublicIp/AssociationId')
    if (id === undefined) {
      demandAddress(region, { AllocationId: undefined, PublicIp }).association = undefined
      return { return: true }
    }
    for (const address of region.of(addresses).everything()) {
      if (address.association?.associationId !== id) continue
      address.association = undefined
      return { return: true }
    }
    throw ec2Error('InvalidAssociationID.NotFound', id)
  },
  examples: [
    {
      title: 'from an instance',
      clock: 'instant',
      before: [
        runOne,
        { action: 'AllocateAddress', as: 'address' },
        {
          action: 'AssociateAddress',
          given: { AllocationId: '$address.allocationId', InstanceId: theInstance },
          as: 'association',
        },
      ],
      given: { AssociationId: '$association.associationId' },
      answers: { return: 'true' },
    },
    {
      title: 'by the address itself',
      before: [{ action: 'AllocateAddress', as: 'address' }],
      given: { PublicIp: '$address.publicIp' },
      answers: { return: 'true' },
    },
    { title: 'none', answers: 'MissingParameter' },
    {
      title: 'an association that there is not',
      given: { AssociationId: 'eipassoc-0123456789abcdef0' },
      answers: 'InvalidAssociationID.NotFound',
    },
    { title: 'an address that there is not', given: { PublicIp: '203.0.113.1' }, answers: 'InvalidAddress.NotFound' },
  ],
})
