import { makeVolume } from '../examples/storage.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { volumes } from '../resources/volume.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumeAttribute.html */
export const describeVolumeAttribute = operation({
  name: 'DescribeVolumeAttribute',
  parameters: {
    VolumeId: required(idOf(volumes)),
    Attribute: required(text({ oneOf: ['autoEnableIO', 'productCodes'] })),
  },
  errors: ['InvalidVolume.NotFound', 'InvalidVolumeID.Malformed'],
  looks: true,
  run({ VolumeId, Attribute }, { region }) {
    const { id, autoEnableIo } = region.of(volumes).demand(VolumeId)
    return {
      volumeId: id,
      ...(Attribute === 'productCodes' ? { productCodes: [] } : { autoEnableIO: { value: autoEnableIo } }),
    }
  },
  examples: [
    {
      title: 'whether input and output come back by themselves',
      before: [
        { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' }, as: 'volume' },
        { action: 'ModifyVolumeAttribute', given: { VolumeId: '$volume.volumeId', 'AutoEnableIO.Value': 'true' } },
      ],
      given: { VolumeId: '$volume.volumeId', Attribute: 'autoEnableIO' },
      answers: { volumeId: '$volume.volumeId', 'autoEnableIO.value': 'true' },
    },
    {
      title: 'product codes, of which there are none',
      before: [makeVolume],
      given: { VolumeId: '$volume.volumeId', Attribute: 'productCodes' },
      answers: { productCodes: '', autoEnableIO: undefined },
    },
    {
      title: 'an attribute that there is not',
      given: { VolumeId: 'vol-0123456789abcdef0', Attribute: 'size' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'of a volume that there is not',
      given: { VolumeId: 'vol-0123456789abcdef0', Attribute: 'autoEnableIO' },
      answers: 'InvalidVolume.NotFound',
    },
    {
      title: 'of what is no volume',
      given: { VolumeId: 'sda', Attribute: 'autoEnableIO' },
      answers: 'InvalidVolumeID.Malformed',
    },
  ],
})
