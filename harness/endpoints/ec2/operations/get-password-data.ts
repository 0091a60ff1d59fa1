import { runOne, theInstance } from '../examples/instances.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { instances } from '../resources/instance.ts'

/**
 * Empty, as it is until Windows has made a password, which nothing here ever does.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetPasswordData.html
 */
export const getPasswordData = operation({
  name: 'GetPasswordData',
  parameters: { InstanceId: required(idOf(instances)) },
  errors: ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed'],
  looks: true,
  run({ InstanceId }, { region }) {
    const instance = region.of(instances).demand(InstanceId)
    return { instanceId: instance.id, timestamp: region.now(), passwordData: '' }
  },
  examples: [
    {
      title: 'not there yet',
      before: [{ ...runOne, given: { ...runOne.given, ImageId: 'ami-0a1b2c3d4e5f60005' } }],
      given: { InstanceId: theInstance },
      answers: { instanceId: theInstance, passwordData: '' },
    },
    {
      title: 'of one that there is not',
      given: { InstanceId: nobody.instance },
      answers: 'InvalidInstanceID.NotFound',
    },
    { title: 'of what is no instance', given: { InstanceId: 'web-1' }, answers: 'InvalidInstanceID.Malformed' },
  ],
})
