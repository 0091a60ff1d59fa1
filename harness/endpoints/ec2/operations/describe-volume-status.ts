import { makeVolume } from '../examples/storage.ts'
import { describe } from '../operation.ts'
import { boolean } from '../parameters.ts'
import { volumes } from '../resources/volume.ts'
import { volumeStatusFilters, volumeStatusView } from '../resources/volume-status.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumeStatus.html */
export const describeVolumeStatus = describe({
  name: 'DescribeVolumeStatus',
  kind: volumes,
  ids: 'VolumeId',
  set: 'volumeStatusSet',
  view: volumeStatusView,
  filters: volumeStatusFilters,
  paging: { min: 5, max: 1_000 },
  // None is managed by a service here.
  more: { IncludeManagedResources: boolean() },
  examples: [
    {
      title: 'one that works',
      before: [makeVolume, { advanceMs: 60_000 }],
      given: { 'VolumeId.1': '$volume.volumeId' },
      answers: {
        'volumeStatusSet.0.volumeStatus.status': 'ok',
        'volumeStatusSet.0.volumeStatus.details.0.name': 'io-enabled',
        'volumeStatusSet.0.volumeStatus.details.0.status': 'passed',
      },
    },
    {
      title: 'those of which nothing is known yet',
      before: [makeVolume],
      given: { 'Filter.1.Name': 'volume-status.status', 'Filter.1.Value.1': 'insufficient-data' },
      answers: { 'volumeStatusSet.0.volumeId': '$volume.volumeId' },
    },
    {
      title: 'one that ended in error, by the fault plan',
      faults: [{ operation: 'CreateVolume', fault: 'volume-error' }],
      before: [makeVolume, { advanceMs: 60_000 }],
      given: { 'VolumeId.1': '$volume.volumeId' },
      answers: { 'volumeStatusSet.0.volumeStatus.status': 'impaired' },
    },
    {
      title: 'an id that there is not',
      given: { 'VolumeId.1': 'vol-0123456789abcdef0' },
      answers: 'InvalidVolume.NotFound',
    },
    { title: 'an id that is none', given: { 'VolumeId.1': 'sda' }, answers: 'InvalidVolumeID.Malformed' },
  ],
})
