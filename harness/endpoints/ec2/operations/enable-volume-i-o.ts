import { makeVolume } from '../examples/storage.ts'
import { operation } from '../operation.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { volumes } from '../resources/volume.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableVolumeIO.html */
export const enableVolumeIO = operation({
  name: 'EnableVolumeIO',
  parameters: { VolumeId: required(idOf(volumes)) },
  errors: ['InvalidVolume.NotFound', 'InvalidVolumeID.Malformed'],
  run({ VolumeId }, { region }) {
    region.of(volumes).demand(VolumeId)
    return { return: true }
  },
  examples: [
    {
      title: 'of a volume that has it',
      before: [makeVolume],
      given: { VolumeId: '$volume.volumeId' },
      answers: { return: 'true' },
    },
    {
      title: 'of a volume that there is not',
      given: { VolumeId: 'vol-0123456789abcdef0' },
      answers: 'InvalidVolume.NotFound',
    },
    { title: 'of what is no volume', given: { VolumeId: 'sda' }, answers: 'InvalidVolumeID.Malformed' },
  ],
})
