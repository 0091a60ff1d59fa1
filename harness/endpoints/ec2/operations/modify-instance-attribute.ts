import { ec2Error } from '../errors.ts'
import { runOne, theInstance } from '../examples/instances.ts'
import { nobody } from '../examples/nobody.ts'
import { setAttribute, setDeleteOnTermination, setGroups } from '../instance-attributes.ts'
import { operation } from '../operation.ts'
import { base64, boolean, list, required, structure, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { instances } from '../resources/instance.ts'
import { securityGroups } from '../resources/security-group.ts'

const flag = structure({ Value: required(boolean()) })
const word = structure({ Value: required(text()) })
const stopped = [runOne, { action: 'StopInstances', given: { 'InstanceId.1': theInstance } }]

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html */
export const modifyInstanceAttribute = operation({
  name: 'ModifyInstanceAttribute',
  parameters: {
    InstanceId: required(idOf(instances)),
    Attribute: text(),
    Value: text(),
    InstanceType: word,
    Kernel: word,
    Ramdisk: word,
    UserData: structure({ Value: base64({ max: 16_384 }) }),
    DisableApiTermination: flag,
    DisableApiStop: flag,
    InstanceInitiatedShutdownBehavior: word,
    SourceDestCheck: flag,
    EbsOptimized: flag,
    SriovNetSupport: word,
    EnaSupport: flag,
    GroupId: list(idOf(securityGroups, 'prefix')),
    BlockDeviceMapping: list(
      structure({
        DeviceName: required(text()),
        Ebs: structure({ VolumeId: text(), DeleteOnTermination: boolean() }),
        VirtualName: text(),
        NoDevice: text(),
      }),
    ),
  },
  errors: [
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
    'IncorrectInstanceState',
    'InvalidParameterCombination',
    'InvalidParameterValue',
    'InvalidInstanceAttributeValue',
    'InvalidGroup.NotFound',
    'InvalidGroupId.Malformed',
  ],
  run({ InstanceId, Attribute, Value, GroupId, BlockDeviceMapping, UserData, ...named }, { region }) {
    const instance = region.of(instances).demand(InstanceId)
    // Each parameter with a value is an attribute: `InstanceType.Value` is the instanceType.
    const wanted: (readonly [string, string])[] = Object.entries(named).flatMap(([name, given]) =>
      given === undefined ? [] : [[`${name.slice(0, 1).toLowerCase()}${name.slice(1)}`, String(given.Value)] as const],
    )
    if (UserData !== undefined) wanted.push(['userData', UserData.Value ?? ''])
    if (Attribute !== undefined && Value !== undefined) wanted.push([Attribute, Value])
    const count = wanted.length + Math.min(1, GroupId.length) + Math.min(1, BlockDeviceMapping.length)
    if (count === 0) throw ec2Error('InvalidParameterCombination', 'No attributes specified.')
    if (count > 1) {
      throw ec2Error('InvalidParameterCombination', 'Fields for multiple attribute types specified')
    }
    for (const [name, value] of wanted) setAttribute(instance, name, value, region)
    if (GroupId.length > 0) setGroups(instance, GroupId, region)
    for (const { DeviceName, Ebs } of BlockDeviceMapping) {
      setDeleteOnTermination(instance, DeviceName, Ebs?.DeleteOnTermination ?? false, region)
    }
    return { return: true }
  },
  examples: [
    {
      title: 'the type of a stopped one',
      clock: 'instant',
      before: stopped,
      given: { InstanceId: theInstance, 'InstanceType.Value': 'm7g.large' },
      answers: { return: 'true' },
    },
    {
      title: 'protection, in the old way',
      before: [runOne],
      given: { InstanceId: theInstance, Attribute: 'disableApiTermination', Value: 'true' },
      answers: { return: 'true' },
    },
    {
      title: 'what becomes of a volume',
      before: [runOne],
      given: {
        InstanceId: theInstance,
        'BlockDeviceMapping.1.DeviceName': '/dev/xvda',
        'BlockDeviceMapping.1.Ebs.DeleteOnTermination': 'false',
      },
      answers: { return: 'true' },
    },
    {
      title: 'its groups',
      before: [runOne],
      given: { InstanceId: theInstance, 'GroupId.1': '$run.instancesSet.0.groupSet.0.groupId' },
      answers: { return: 'true' },
    },
    {
      title: 'the type of a running one',
      clock: 'instant',
      before: [runOne],
      given: { InstanceId: theInstance, 'InstanceType.Value': 'm7g.large' },
      answers: 'IncorrectInstanceState',
    },
    {
      title: 'what is no type',
      clock: 'instant',
      before: stopped,
      given: { InstanceId: theInstance, 'InstanceType.Value': 'large' },
      answers: 'InvalidInstanceAttributeValue',
    },
    { title: 'nothing', before: [runOne], given: { InstanceId: theInstance }, answers: 'InvalidParameterCombination' },
    {
      title: 'an attribute that there is not',
      before: [runOne],
      given: { InstanceId: theInstance, Attribute: 'colour', Value: 'red' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'a group that there is not',
      before: [runOne],
      given: { InstanceId: theInstance, 'GroupId.1': 'sg-01234567' },
      answers: 'InvalidGroup.NotFound',
    },
    {
      title: 'what is no group',
      before: [runOne],
      given: { InstanceId: theInstance, 'GroupId.1': 'web' },
      answers: 'InvalidGroupId.Malformed',
    },
    {
      title: 'of one that there is not',
      given: { InstanceId: nobody.instance },
      answers: 'InvalidInstanceID.NotFound',
    },
    { title: 'of what is no instance', given: { InstanceId: 'web-1' }, answers: 'InvalidInstanceID.Malformed' },
  ],
})
