import { makeVolume } from '../examples/storage.ts'
import { operation } from '../operation.ts'
import { boolean, required, structure } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { volumes } from '../resources/volume.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolumeAttribute.html */
export const modifyVolumeAttribute = operation({
  name: 'ModifyVolumeAttribute',
  parameters: {
    VolumeId: required(idOf(volumes)),
    AutoEnableIO: structure({ Value: required(boolean()) }),
  },
  errors: ['InvalidVolume.NotFound', 'InvalidVolumeID.Malformed'],
  run({ VolumeId, AutoEnableIO }, { region }) {
    const volume = region.of(volumes).demand(VolumeId)
    volume.autoEnableIo = AutoEnableIO?.Value ?? volume.autoEnableIo
    return { return: true }
  },
  examples: [
    {
      title: 'to let input and output come back by themselves',
      before: [makeVolume],
      given: { VolumeId: '$volume.volumeId', 'AutoEnableIO.Value': 'true' },
      answers: { return: 'true' },
    },
    {
      title: 'of a volume that there is not',
      given: { VolumeId: 'vol-0123456789abcdef0', 'AutoEnableIO.Value': 'true' },
      answers: 'InvalidVolume.NotFound',
    },
    {
      title: 'of what is no volume',
      given: { VolumeId: 'sda', 'AutoEnableIO.Value': 'true' },
      answers: 'InvalidVolumeID.Malformed',
    },
  ],
})
