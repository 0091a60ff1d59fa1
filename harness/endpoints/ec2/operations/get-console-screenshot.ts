import { ec2Error } from '../errors.ts'
import { runOne, theInstance } from '../examples/instances.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { boolean, required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { instances, instanceState } from '../resources/instance.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleScreenshot.html */
export const getConsoleScreenshot = operation({
  name: 'GetConsoleScreenshot',
  parameters: { InstanceId: required(idOf(instances)), WakeUp: boolean() },
  errors: ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed', 'IncorrectInstanceState'],
  looks: true,
  run({ InstanceId }, { region }) {
    const instance = region.of(instances).demand(InstanceId)
    if (instanceState(instance, region) !== 'running') {
      throw ec2Error('IncorrectInstanceState', `The instance '${instance.id}' is not in the 'running' state.`)
    }
    return { instanceId: instance.id, imageData: onePixel }
  },
  examples: [
    {
      title: 'of one that runs',
      clock: 'instant',
      before: [runOne],
      given: { InstanceId: theInstance },
      answers: { instanceId: theInstance },
    },
    {
      title: 'of one that does not run yet',
      before: [runOne],
      given: { InstanceId: theInstance },
      answers: 'IncorrectInstanceState',
    },
    {
      title: 'of one that there is not',
      given: { InstanceId: nobody.instance },
      answers: 'InvalidInstanceID.NotFound',
    },
    { title: 'of what is no instance', given: { InstanceId: 'web-1' }, answers: 'InvalidInstanceID.Malformed' },
  ],
})

/** A JPEG of one pixel. */
const onePixel =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z'
