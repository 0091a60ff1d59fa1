import { ec2Error } from '../errors.ts'
import { refusedAttributes, runOne, theInstance } from '../examples/instances.ts'
import { setAttribute } from '../instance-attributes.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { instances } from '../resources/instance.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetInstanceAttribute.html */
export const resetInstanceAttribute = operation({
  name: 'ResetInstanceAttribute',
  parameters: { InstanceId: required(idOf(instances)), Attribute: required(text()) },
  errors: [
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
    'IncorrectInstanceState',
    'InvalidParameterValue',
  ],
  run({ InstanceId, Attribute: name }, { region }) {
    const instance = region.of(instances).demand(InstanceId)
    if (name === 'sourceDestCheck') setAttribute(instance, name, 'true', region)
    else if (name === 'kernel' || name === 'ramdisk') setAttribute(instance, name, '', region)
    else
      throw ec2Error('InvalidParameterValue', `Value (${name}) for parameter attribute is invalid. It cannot be reset.`)
    return { return: true }
  },
  examples: [
    {
      title: 'the check of a router, which is on again',
      before: [
        runOne,
        { action: 'ModifyInstanceAttribute', given: { InstanceId: theInstance, 'SourceDestCheck.Value': 'false' } },
      ],
      given: { InstanceId: theInstance, Attribute: 'sourceDestCheck' },
      answers: { return: 'true' },
    },
    {
      title: 'the kernel of a running one',
      clock: 'instant',
      before: [runOne],
      given: { InstanceId: theInstance, Attribute: 'kernel' },
      answers: 'IncorrectInstanceState',
    },
    {
      title: 'what has no value of its own to go back to',
      before: [runOne],
      given: { InstanceId: theInstance, Attribute: 'instanceType' },
      answers: 'InvalidParameterValue',
    },
    refusedAttributes.unknown,
    refusedAttributes.malformed,
  ],
})
