import { ec2Error } from '../errors.ts'
import { runOne, theInstance } from '../examples/instances.ts'
import { nobody } from '../examples/nobody.ts'
import { makeVolume } from '../examples/storage.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { devicesOf, instances, instanceState } from '../resources/instance.ts'
import { going, settled } from '../resources/lifecycle.ts'
import type { AttachmentState, VolumeAttachment } from '../resources/volume.ts'
import { attachmentsOf, attachmentView, volumes, volumeState } from '../resources/volume.ts'

const asSdh = { VolumeId: '$volume.volumeId', InstanceId: theInstance, Device: '/dev/sdh' } as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachVolume.html */
export const attachVolume = operation({
  name: 'AttachVolume',
  parameters: {
    VolumeId: required(idOf(volumes)),
    InstanceId: required(idOf(instances)),
    Device: required(text({ max: 255 })),
  },
  errors: [
    'InvalidVolume.NotFound',
    'InvalidVolumeID.Malformed',
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
    'InvalidVolume.ZoneMismatch',
    'InvalidParameterValue',
    'VolumeInUse',
    'IncorrectState',
  ],
  run({ VolumeId, InstanceId, Device: device }, { region, effect }) {
    const volume = region.of(volumes).demand(VolumeId)
    const instance = region.of(instances).demand(InstanceId)
    const [state, running] = [volumeState(volume, region), instanceState(instance, region)]
    if (volume.zone !== instance.zone && !region.world.lenient)
      throw ec2Error('InvalidVolume.ZoneMismatch', volume.id, instance.id)
    if (state === 'in-use' && !volume.multiAttach)
      throw ec2Error('VolumeInUse', volume.id, 'is already attached to an instance')
    if (state !== 'available' && state !== 'in-use')
      throw ec2Error('IncorrectState', `Volume '${volume.id}' is '${state}', not 'available'.`)
    if (running !== 'running' && running !== 'stopped') {
      throw ec2Error('IncorrectState', `Instance '${instance.id}' is not 'running'.`)
    }
    if (!/^(?:\/dev\/)?[a-z]{2,4}[a-z]{0,2}\d{0,2}$/.test(device)) {
      throw ec2Error(
        'InvalidParameterValue',
        `Value (${device}) for parameter device is invalid. ${device} is not a valid EBS device name.`,
      )
    }
    if (devicesOf(instance, region).some(({ attachment }) => attachment.device === device)) {
      throw ec2Error(
        'InvalidParameterValue',
        `Invalid value '${device}' for unixDevice. Attachment point ${device} is already in use`,
      )
    }
    const attachment: VolumeAttachment = {
      instanceId: instance.id,
      device,
      attachTime: region.now(),
      deleteOnTermination: false,
      life:
        effect === 'attachment-busy'
          ? settled<AttachmentState>('attaching')
          : going<AttachmentState>(region, 'attaching', 'attached', 'attachment', 2_000),
    }
    volume.attachments = [...attachmentsOf(volume, region), attachment]
    return attachmentView(volume, attachment, region)
  },
  examples: [
    {
      title: 'a volume of the same zone, as /dev/sdh',
      clock: 'instant',
      before: [runOne, makeVolume],
      given: asSdh,
      answers: { status: 'attaching', device: '/dev/sdh', deleteOnTermination: 'false' },
    },
    {
      title: 'a volume of another zone',
      clock: 'instant',
      before: [runOne, { ...makeVolume, given: { AvailabilityZone: 'us-east-1b', Size: '8' } }],
      given: asSdh,
      answers: 'InvalidVolume.ZoneMismatch',
    },
    {
      title: 'a volume that is attached already',
      clock: 'instant',
      before: [
        runOne,
        makeVolume,
        {
          action: 'AttachVolume',
          given: asSdh,
        },
      ],
      given: { ...asSdh, Device: '/dev/sdi' },
      answers: 'VolumeInUse',
    },
    {
      title: 'at a device that is taken',
      clock: 'instant',
      before: [runOne, makeVolume],
      given: { ...asSdh, Device: '/dev/xvda' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'a volume that is still being made',
      before: [runOne, { advanceMs: 60_000 }, makeVolume],
      given: asSdh,
      answers: 'IncorrectState',
    },
    {
      title: 'a volume that there is not',
      given: { VolumeId: nobody.volume, InstanceId: nobody.instance, Device: '/dev/sdh' },
      answers: 'InvalidVolume.NotFound',
    },
    {
      title: 'what is no volume',
      given: { VolumeId: 'snap-1', InstanceId: nobody.instance, Device: '/dev/sdh' },
      answers: 'InvalidVolumeID.Malformed',
    },
    {
      title: 'to an instance that there is not',
      clock: 'instant',
      before: [makeVolume],
      given: { VolumeId: '$volume.volumeId', InstanceId: nobody.instance, Device: '/dev/sdh' },
      answers: 'InvalidInstanceID.NotFound',
    },
    {
      title: 'to what is no instance',
      given: { VolumeId: nobody.volume, InstanceId: 'vol-1', Device: '/dev/sdh' },
      answers: 'InvalidInstanceID.Malformed',
    },
  ],
})
