import { ec2Error } from '../errors.ts'
import { makeVolume } from '../examples/storage.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { going } from '../resources/lifecycle.ts'
import type { VolumeState } from '../resources/volume.ts'
import { attachmentsOf, volumes, volumeState } from '../resources/volume.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVolume.html */
export const deleteVolume = operation({
  name: 'DeleteVolume',
  parameters: { VolumeId: required(idOf(volumes)) },
  errors: ['InvalidVolume.NotFound', 'InvalidVolumeID.Malformed', 'VolumeInUse', 'IncorrectState'],
  run({ VolumeId }, { region }) {
    const there = region.of(volumes)
    const found = there.demand(VolumeId)
    const [attachment] = attachmentsOf(found, region)
    if (attachment !== undefined) {
      throw ec2Error('VolumeInUse', `Volume ${found.id}`, `is currently attached to ${attachment.instanceId}`)
    }
    const state = volumeState(found, region)
    if (state === 'deleting') throw ec2Error('InvalidVolume.NotFound', found.id)
    if (state === 'creating') throw ec2Error('IncorrectState', `Volume '${found.id}' is in the '${state}' state.`)
    found.life = going<VolumeState>(region, 'deleting', 'deleted', 'volume-deletion', 3_000)
    if (found.life.transition !== undefined) there.removeAfter(found.id, found.life.transition)
    return { return: true }
  },
  examples: [
    {
      title: 'one that is not attached',
      before: [makeVolume, { advanceMs: 60_000 }],
      given: { VolumeId: '$volume.volumeId' },
      answers: { return: 'true' },
    },
    {
      title: 'one that is gone',
      before: [
        makeVolume,
        { advanceMs: 60_000 },
        { action: 'DeleteVolume', given: { VolumeId: '$volume.volumeId' } },
        { advanceMs: 60_000 },
      ],
      given: { VolumeId: '$volume.volumeId' },
      answers: 'InvalidVolume.NotFound',
    },
    {
      title: 'one that is attached',
      clock: 'instant',
      before: [
        {
          action: 'RunInstances',
          given: { ImageId: 'ami-0a1b2c3d4e5f60001', MinCount: '1', MaxCount: '1' },
          as: 'run',
        },
      ],
      given: { VolumeId: '$run.instancesSet.0.blockDeviceMapping.0.ebs.volumeId' },
      answers: 'VolumeInUse',
    },
    {
      title: 'one that is still being made',
      before: [makeVolume],
      given: { VolumeId: '$volume.volumeId' },
      answers: 'IncorrectState',
    },
    { title: 'what is no volume', given: { VolumeId: 'sda' }, answers: 'InvalidVolumeID.Malformed' },
  ],
})
