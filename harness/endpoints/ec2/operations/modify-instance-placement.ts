import { ec2Error } from '../errors.ts'
import { runOne, theInstance } from '../examples/instances.ts'
import { nobody } from '../examples/nobody.ts'
import { demandStopped } from '../instance-states.ts'
import { operation } from '../operation.ts'
import { integer, required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { instances } from '../resources/instance.ts'

const stopped = [runOne, { action: 'StopInstances', given: { 'InstanceId.1': theInstance } }]

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstancePlacement.html */
export const modifyInstancePlacement = operation({
  name: 'ModifyInstancePlacement',
  parameters: {
    InstanceId: required(idOf(instances)),
    Tenancy: text({ oneOf: ['default', 'dedicated', 'host'] }),
    Affinity: text({ oneOf: ['default', 'host'] }),
    HostId: text(),
    GroupName: text(),
    GroupId: text(),
    PartitionNumber: integer({ min: 1 }),
    HostResourceGroupArn: text(),
  },
  errors: [
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
    'IncorrectInstanceState',
    'InvalidParameterCombination',
  ],
  run(given, { region }) {
    const instance = region.of(instances).demand(given.InstanceId)
    if (given.GroupName !== undefined && given.GroupId !== undefined) {
      throw ec2Error('InvalidParameterCombination', 'The parameters groupName and groupId cannot be used together')
    }
    demandStopped(instance, region)
    const { placement } = instance
    instance.tenancy = given.Tenancy ?? instance.tenancy
    instance.placement = {
      groupName: given.GroupName ?? placement.groupName,
      groupId: given.GroupId ?? placement.groupId,
      hostId: given.HostId ?? placement.hostId,
      affinity: given.Affinity ?? placement.affinity,
      partitionNumber: given.PartitionNumber ?? placement.partitionNumber,
    }
    return { return: true }
  },
  examples: [
    {
      title: 'into a placement group',
      clock: 'instant',
      before: stopped,
      given: { InstanceId: theInstance, GroupName: 'near', PartitionNumber: '3' },
      answers: { return: 'true' },
    },
    {
      title: 'of a running one',
      clock: 'instant',
      before: [runOne],
      given: { InstanceId: theInstance, GroupName: 'near' },
      answers: 'IncorrectInstanceState',
    },
    {
      title: 'into a group by name and by id',
      before: [runOne],
      given: { InstanceId: theInstance, GroupName: 'near', GroupId: 'pg-0123456789abcdef0' },
      answers: 'InvalidParameterCombination',
    },
    {
      title: 'of one that there is not',
      given: { InstanceId: nobody.instance },
      answers: 'InvalidInstanceID.NotFound',
    },
    { title: 'of what is no instance', given: { InstanceId: 'web-1' }, answers: 'InvalidInstanceID.Malformed' },
  ],
})
