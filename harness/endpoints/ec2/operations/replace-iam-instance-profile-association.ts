import { profileOfTheInstance, runOne } from '../examples/instances.ts'
import { associationView, instanceOfAssociation, newProfile, profileParameter } from '../instance-profile.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceIamInstanceProfileAssociation.html */
export const replaceIamInstanceProfileAssociation = operation({
  name: 'ReplaceIamInstanceProfileAssociation',
  parameters: { IamInstanceProfile: required(profileParameter), AssociationId: required(text()) },
  errors: ['InvalidAssociationID.NotFound', 'InvalidParameterValue'],
  run({ IamInstanceProfile, AssociationId }, { region }) {
    const instance = instanceOfAssociation(AssociationId, region)
    // The association keeps its id, as its owner would look it up again by that.
    instance.iamProfile = { ...newProfile(IamInstanceProfile, region), associationId: AssociationId }
    return { iamInstanceProfileAssociation: associationView(instance.id, instance.iamProfile, 'associating') }
  },
  examples: [
    {
      title: 'one by another',
      before: [runOne, profileOfTheInstance],
      given: {
        AssociationId: '$profile.iamInstanceProfileAssociation.associationId',
        'IamInstanceProfile.Name': 'database',
      },
      answers: {
        'iamInstanceProfileAssociation.iamInstanceProfile.arn': 'arn:aws:iam::123456789012:instance-profile/database',
      },
    },
    {
      title: 'by what is no name',
      before: [runOne, profileOfTheInstance],
      given: {
        AssociationId: '$profile.iamInstanceProfileAssociation.associationId',
        'IamInstanceProfile.Name': 'no name',
      },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'one that there is not',
      given: { AssociationId: 'iip-assoc-0123456789abcdef0', 'IamInstanceProfile.Name': 'web' },
      answers: 'InvalidAssociationID.NotFound',
    },
  ],
})
