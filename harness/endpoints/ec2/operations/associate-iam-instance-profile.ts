import { ec2Error } from '../errors.ts'
import { runOne, theInstance } from '../examples/instances.ts'
import { nobody } from '../examples/nobody.ts'
import { associationView, newProfile, profileParameter } from '../instance-profile.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { instances, instanceState } from '../resources/instance.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateIamInstanceProfile.html */
export const associateIamInstanceProfile = operation({
  name: 'AssociateIamInstanceProfile',
  parameters: { IamInstanceProfile: required(profileParameter), InstanceId: required(idOf(instances)) },
  errors: [
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
    'IncorrectState',
    'IncorrectInstanceState',
    'InvalidParameterValue',
  ],
  run({ IamInstanceProfile, InstanceId }, { region }) {
    const instance = region.of(instances).demand(InstanceId)
    const state = instanceState(instance, region)
    if (state === 'terminated' || state === 'shutting-down') {
      throw ec2Error(
        'IncorrectInstanceState',
        `The instance '${instance.id}' is not in the 'running' or 'stopped' states.`,
      )
    }
    if (instance.iamProfile !== undefined) {
      throw ec2Error('IncorrectState', `There is an existing association for instance ${instance.id}`)
    }
    instance.iamProfile = newProfile(IamInstanceProfile, region)
    return { iamInstanceProfileAssociation: associationView(instance.id, instance.iamProfile, 'associating') }
  },
  examples: [
    {
      title: 'by its name',
      before: [runOne],
      given: { InstanceId: theInstance, 'IamInstanceProfile.Name': 'web' },
      answers: {
        'iamInstanceProfileAssociation.instanceId': theInstance,
        'iamInstanceProfileAssociation.state': 'associating',
        'iamInstanceProfileAssociation.iamInstanceProfile.arn': 'arn:aws:iam::123456789012:instance-profile/web',
      },
    },
    {
      title: 'one more',
      before: [{ ...runOne, given: { ...runOne.given, 'IamInstanceProfile.Name': 'web' } }],
      given: { InstanceId: theInstance, 'IamInstanceProfile.Name': 'database' },
      answers: 'IncorrectState',
    },
    {
      title: 'with one that is terminated',
      clock: 'instant',
      before: [runOne, { action: 'TerminateInstances', given: { 'InstanceId.1': theInstance } }],
      given: { InstanceId: theInstance, 'IamInstanceProfile.Name': 'web' },
      answers: 'IncorrectInstanceState',
    },
    {
      title: 'what is no ARN',
      before: [runOne],
      given: { InstanceId: theInstance, 'IamInstanceProfile.Arn': 'web' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'with one that there is not',
      given: { InstanceId: nobody.instance, 'IamInstanceProfile.Name': 'web' },
      answers: 'InvalidInstanceID.NotFound',
    },
    {
      title: 'with what is no instance',
      given: { InstanceId: 'web-1', 'IamInstanceProfile.Name': 'web' },
      answers: 'InvalidInstanceID.Malformed',
    },
  ],
})
