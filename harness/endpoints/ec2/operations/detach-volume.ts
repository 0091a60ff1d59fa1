import { ec2Error } from '../errors.ts'
import { operation } from '../operation.ts'
import { boolean, required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { instances, instanceState } from '../resources/instance.ts'
import { going, stateOf } from '../resources/lifecycle.ts'
import type { AttachmentState } from '../resources/volume.ts'
import { attachmentsOf, attachmentView, volumes, volumeState } from '../resources/volume.ts'

const attached = [
  { action: 'RunInstances', given: { ImageId: 'ami-0a1b2c3d4e5f60001', MinCount: '1', MaxCount: '1' }, as: 'run' },
  { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' }, as: 'volume' },
  { advanceMs: 60_000 },
  {
    action: 'AttachVolume',
    given: { VolumeId: '$volume.volumeId', InstanceId: '$run.instancesSet.0.instanceId', Device: '/dev/sdh' },
  },
  { advanceMs: 60_000 },
]

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachVolume.html */
export const detachVolume = operation({
  name: 'DetachVolume',
  parameters: {
    VolumeId: required(idOf(volumes)),
    InstanceId: idOf(instances),
    Device: text({ max: 255 }),
    Force: boolean(),
  },
  errors: [
    'InvalidVolume.NotFound',
    'InvalidVolumeID.Malformed',
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
    'InvalidAttachment.NotFound',
    'IncorrectState',
    'OperationNotPermitted',
  ],
  run({ VolumeId, InstanceId, Device, Force }, { region, effect }) {
    const volume = region.of(volumes).demand(VolumeId)
    if (InstanceId !== undefined) region.of(instances).demand(InstanceId)
    const there = attachmentsOf(volume, region)
    if (there.length === 0 && InstanceId === undefined) {
      throw ec2Error('IncorrectState', `Volume '${volume.id}' is in the '${volumeState(volume, region)}' state.`)
    }
    if (there.length > 1 && InstanceId === undefined) throw ec2Error('MissingParameter', 'InstanceId')
    const attachment = there.find(
      ({ instanceId, device }) =>
        (InstanceId === undefined || instanceId === InstanceId) && (Device === undefined || device === Device),
    )
    if (attachment === undefined) {
      const place = [InstanceId ?? there[0]?.instanceId, ...(Device === undefined ? [] : [`as device ${Device}`])]
      throw ec2Error('InvalidAttachment.NotFound', `Volume '${volume.id}' is not attached to ${place.join(' ')}`)
    }
    const state = stateOf(region, attachment.life)
    if ((state === 'detaching' || state === 'busy') && Force !== true) {
      throw ec2Error('IncorrectState', `Volume '${volume.id}' is in the '${state}' state.`)
    }
    const instance = region.of(instances).get(attachment.instanceId)
    const running = instance !== undefined && instanceState(instance, region) === 'running'
    if (running && !region.world.lenient && instance.rootDevice === attachment.device) {
      throw ec2Error(
        'OperationNotPermitted',
        `Unable to detach root volume '${attachment.device}' from instance '${instance.id}'`,
      )
    }
    const end = effect === 'detachment-busy' ? 'busy' : 'detached'
    attachment.life = going<AttachmentState>(region, 'detaching', end, 'detachment', 2_000)
    return attachmentView(volume, attachment, region)
  },
  examples: [
    {
      title: 'from the one instance that has it',
      before: attached,
      given: { VolumeId: '$volume.volumeId' },
      answers: { status: 'detaching', device: '/dev/sdh', instanceId: '$run.instancesSet.0.instanceId' },
    },
    {
      title: 'by force, when it stays busy by the fault plan',
      faults: [{ operation: 'DetachVolume', fault: 'detachment-busy', times: 1 }],
      before: [
        ...attached,
        { action: 'DetachVolume', given: { VolumeId: '$volume.volumeId' } },
        { advanceMs: 60_000 },
        { action: 'DescribeVolumes', given: { 'VolumeId.1': '$volume.volumeId' }, as: 'busy' },
      ],
      given: { VolumeId: '$volume.volumeId', Force: 'true' },
      answers: { status: 'detaching' },
    },
    {
      title: 'a second time, while it is on its way',
      before: [...attached, { action: 'DetachVolume', given: { VolumeId: '$volume.volumeId' } }],
      given: { VolumeId: '$volume.volumeId' },
      answers: 'IncorrectState',
    },
    {
      title: 'from a device where it is not',
      before: attached,
      given: { VolumeId: '$volume.volumeId', Device: '/dev/sdz' },
      answers: 'InvalidAttachment.NotFound',
    },
    {
      title: 'the root device of an instance that runs',
      before: attached,
      given: { VolumeId: '$run.instancesSet.0.blockDeviceMapping.0.ebs.volumeId' },
      answers: 'OperationNotPermitted',
    },
    {
      title: 'a volume that there is not',
      given: { VolumeId: 'vol-0123456789abcdef0' },
      answers: 'InvalidVolume.NotFound',
    },
    { title: 'what is no volume', given: { VolumeId: 'sda' }, answers: 'InvalidVolumeID.Malformed' },
    {
      title: 'from an instance that there is not',
      before: attached,
      given: { VolumeId: '$volume.volumeId', InstanceId: 'i-0123456789abcdef0' },
      answers: 'InvalidInstanceID.NotFound',
    },
    {
      title: 'from what is no instance',
      given: { VolumeId: 'vol-0123456789abcdef0', InstanceId: 'web' },
      answers: 'InvalidInstanceID.Malformed',
    },
  ],
})
