import { describe } from '../operation.ts'
import { boolean } from '../parameters.ts'
import { volumeFilters, volumes, volumeView } from '../resources/volume.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumes.html */
export const describeVolumes = describe({
  name: 'DescribeVolumes',
  kind: volumes,
  ids: 'VolumeId',
  checked: 'prefix',
  set: 'volumeSet',
  view: volumeView,
  filters: volumeFilters,
  paging: { min: 5, max: 1_000 },
  // None is managed by a service here.
  more: { IncludeManagedResources: boolean() },
  examples: [
    {
      title: 'a volume that is being made',
      before: [
        { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' }, as: 'volume' },
        { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1b', Size: '9' } },
      ],
      given: { 'VolumeId.1': '$volume.volumeId' },
      answers: {
        'volumeSet.0.volumeId': '$volume.volumeId',
        'volumeSet.0.status': 'creating',
        'volumeSet.0.size': '8',
        'volumeSet.1.volumeId': undefined,
      },
    },
    {
      title: 'by zone and size, with a wildcard',
      before: [
        { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' } },
        { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1b', Size: '9' }, as: 'wanted' },
      ],
      given: {
        'Filter.1.Name': 'availability-zone',
        'Filter.1.Value.1': 'us-east-1?',
        'Filter.2.Name': 'size',
        'Filter.2.Value.1': '9',
        'Filter.2.Value.2': '10',
      },
      answers: { 'volumeSet.0.volumeId': '$wanted.volumeId', 'volumeSet.1.volumeId': undefined },
    },
    {
      title: 'an id that there is not',
      given: { 'VolumeId.1': 'vol-0123456789abcdef0' },
      answers: 'InvalidVolume.NotFound',
    },
    { title: 'an id that is none', given: { 'VolumeId.1': 'volume-1' }, answers: 'InvalidVolumeID.Malformed' },
  ],
})
