import { ec2Error } from '../errors.ts'
import { operation } from '../operation.ts'
import { boolean, integer, required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import type { Volume } from '../resources/volume.ts'
import { volumes, volumeState } from '../resources/volume.ts'
import type { Features } from '../resources/volume-modification.ts'
import { modificationState, modificationView } from '../resources/volume-modification.ts'
import { volumeTypes } from '../resources/volume-types.ts'

const day = 86_400_000
const volume = {
  action: 'CreateVolume',
  given: { AvailabilityZone: 'us-east-1a', Size: '80', VolumeType: 'gp2' },
  as: 'volume',
}
const modified = (size: string) => ({ action: 'ModifyVolume', given: { VolumeId: '$volume.volumeId', Size: size } })
const later = { advanceMs: 600_000 }

interface Wanted {
  readonly Size: number | undefined
  readonly VolumeType: string | undefined
  readonly Iops: number | undefined
  readonly Throughput: number | undefined
  readonly MultiAttachEnabled: boolean | undefined
}

/** What is not asked for stays, or is what the new type has. @throws Ec2Error UnknownVolumeType, InvalidParameterValue */
function targetOf(old: Volume, { Size, VolumeType, Iops, Throughput, MultiAttachEnabled }: Wanted): Features {
  const [sizeGiB, type] = [Size ?? old.sizeGiB, VolumeType ?? old.type]
  const limits = volumeTypes[type]
  if (limits === undefined) throw ec2Error('UnknownVolumeType', type)
  if (sizeGiB < old.sizeGiB) throw ec2Error('InvalidParameterValue', 'New size cannot be smaller than existing size')
  const provisioned = type === 'io1' || type === 'io2' || type === 'gp3'
  const iops = provisioned ? (Iops ?? (type === old.type ? old.iops : 3_000)) : Iops
  limits.check({ sizeGiB, iops, throughput: Throughput })
  return {
    sizeGiB,
    type,
    iops: iops ?? limits.iopsOf(sizeGiB),
    throughput: Throughput ?? (type === old.type ? old.throughput : limits.throughput),
    multiAttach: MultiAttachEnabled ?? old.multiAttach,
  }
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolume.html */
export const modifyVolume = operation({
  name: 'ModifyVolume',
  parameters: {
    VolumeId: required(idOf(volumes)),
    Size: integer({ min: 1 }),
    VolumeType: text(),
    Iops: integer(),
    Throughput: integer(),
    MultiAttachEnabled: boolean(),
  },
  errors: [
    'InvalidVolume.NotFound',
    'InvalidVolumeID.Malformed',
    'InvalidParameterValue',
    'InvalidParameterCombination',
    'UnknownVolumeType',
    'IncorrectState',
    'IncorrectModificationState',
    'VolumeModificationRateExceeded',
  ],
  run({ VolumeId, ...wanted }, { region }) {
    const found = region.of(volumes).demand(VolumeId)
    if (Object.values(wanted).every((value) => value === undefined)) {
      throw ec2Error(
        'InvalidParameterValue',
        'Invalid input: Must specify at least one of size, type, iops, throughput, multi_attach_enabled',
      )
    }
    const state = volumeState(found, region)
    if (state !== 'available' && state !== 'in-use') {
      throw ec2Error('IncorrectState', `Volume '${found.id}' is in the '${state}' state.`)
    }
    const { modification: last } = found
    const lastState = last === undefined ? 'completed' : modificationState(last, region)
    if (lastState !== 'completed') throw ec2Error('IncorrectModificationState', found.id, lastState)
    const open = (last?.windows ?? []).filter((window) => !region.clock.isOver(window))
    if (open.length >= 4) throw ec2Error('VolumeModificationRateExceeded')

    const { sizeGiB, type, iops, throughput, multiAttach } = found
    const target = targetOf(found, wanted)
    const durationMs = region.world.seed.durations['volume-modification'] ?? 60_000
    found.modification = {
      original: { sizeGiB, type, iops, throughput, multiAttach },
      target,
      startTime: region.now(),
      durationMs,
      transition: region.clock.begin(durationMs),
      windows: [...open, region.clock.begin(day)],
    }
    Object.assign(found, target)
    return { volumeModification: modificationView(found, region) }
  },
  examples: [
    {
      title: 'to a larger size and another type: its speed is what the type has',
      before: [volume, later],
      given: { VolumeId: '$volume.volumeId', Size: '160', VolumeType: 'io2' },
      answers: {
        'volumeModification.modificationState': 'modifying',
        'volumeModification.progress': '0',
        'volumeModification.originalSize': '80',
        'volumeModification.targetSize': '160',
        'volumeModification.originalVolumeType': 'gp2',
        'volumeModification.targetVolumeType': 'io2',
        'volumeModification.targetIops': '3000',
      },
    },
    {
      title: 'to a smaller size',
      before: [volume, later],
      given: { VolumeId: '$volume.volumeId', Size: '40' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'to a speed that its type does not have',
      before: [volume, later],
      given: { VolumeId: '$volume.volumeId', Throughput: '500' },
      answers: 'InvalidParameterCombination',
    },
    {
      title: 'to a type that there is not',
      before: [volume, later],
      given: { VolumeId: '$volume.volumeId', VolumeType: 'gp9' },
      answers: 'UnknownVolumeType',
    },
    {
      title: 'while it is being made',
      before: [volume],
      given: { VolumeId: '$volume.volumeId', Size: '160' },
      answers: 'IncorrectState',
    },
    {
      title: 'while another modification is under way',
      before: [volume, later, modified('160'), { advanceMs: 30_000 }],
      given: { VolumeId: '$volume.volumeId', Size: '170' },
      answers: 'IncorrectModificationState',
    },
    {
      title: 'the fifth time within a day',
      before: [volume, ...['90', '100', '110', '120'].flatMap((size) => [later, modified(size)]), later],
      given: { VolumeId: '$volume.volumeId', Size: '130' },
      answers: 'VolumeModificationRateExceeded',
    },
    {
      title: 'a volume that there is not',
      given: { VolumeId: 'vol-0123456789abcdef0', Size: '9' },
      answers: 'InvalidVolume.NotFound',
    },
    { title: 'what is no volume', given: { VolumeId: 'sda', Size: '9' }, answers: 'InvalidVolumeID.Malformed' },
  ],
})
