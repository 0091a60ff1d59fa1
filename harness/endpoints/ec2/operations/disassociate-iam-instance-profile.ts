import { runOne, theInstance } from '../examples/instances.ts'
import { associationView, instanceOfAssociation } from '../instance-profile.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateIamInstanceProfile.html */
export const disassociateIamInstanceProfile = operation({
  name: 'DisassociateIamInstanceProfile',
  parameters: { AssociationId: required(text()) },
  errors: ['InvalidAssociationID.NotFound'],
  run({ AssociationId }, { region }) {
    const instance = instanceOfAssociation(AssociationId, region)
    const answer = associationView(instance.id, instance.iamProfile, 'disassociating')
    Object.assign(instance, { iamProfile: undefined })
    return { iamInstanceProfileAssociation: answer }
  },
  examples: [
    {
      title: 'of an instance',
      before: [
        runOne,
        {
          action: 'AssociateIamInstanceProfile',
          given: { InstanceId: theInstance, 'IamInstanceProfile.Name': 'web' },
          as: 'profile',
        },
      ],
      given: { AssociationId: '$profile.iamInstanceProfileAssociation.associationId' },
      answers: {
        'iamInstanceProfileAssociation.instanceId': theInstance,
        'iamInstanceProfileAssociation.state': 'disassociating',
      },
    },
    {
      title: 'one that there is not',
      given: { AssociationId: 'iip-assoc-0123456789abcdef0' },
      answers: 'InvalidAssociationID.NotFound',
    },
  ],
})
