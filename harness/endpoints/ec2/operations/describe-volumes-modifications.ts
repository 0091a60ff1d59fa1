import { ec2Error } from '../errors.ts'
import { makeVolume } from '../examples/storage.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'
import { integer, list, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { volumes } from '../resources/volume.ts'
import { modificationFilters, modificationView } from '../resources/volume-modification.ts'

const before = [
  { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' }, as: 'volume' },
  { advanceMs: 600_000 },
  { action: 'ModifyVolume', given: { VolumeId: '$volume.volumeId', Size: '16' } },
]

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumesModifications.html */
export const describeVolumesModifications = operation({
  name: 'DescribeVolumesModifications',
  parameters: {
    VolumeId: list(idOf(volumes)),
    Filter: filterParameter,
    MaxResults: integer(),
    NextToken: text(),
  },
  errors: ['InvalidVolume.NotFound', 'InvalidVolumeID.Malformed', 'InvalidVolumeModification.NotFound'],
  looks: true,
  run({ VolumeId: ids, Filter, MaxResults: size, NextToken: token }, { region }) {
    const there = region.of(volumes)
    const wanted = ids.length > 0 ? there.demandAll(ids) : there.all()
    const never = wanted.filter(({ modification }) => modification === undefined)
    if (ids.length > 0 && never.length > 0) {
      throw ec2Error('InvalidVolumeModification.NotFound', ...never.map(({ id }) => id))
    }
    const modified = wanted.filter(({ modification }) => modification !== undefined)
    const page = pageOf(applyFilters(modified, Filter, modificationFilters, region), {
      size,
      token,
      limits: { min: 5, max: 500 },
    })
    return {
      volumeModificationSet: page.items.map((each) => modificationView(each, region)),
      nextToken: page.nextToken,
    }
  },
  examples: [
    {
      title: 'one that is half over',
      before: [...before, { advanceMs: 30_000 }],
      given: { 'VolumeId.1': '$volume.volumeId' },
      answers: {
        'volumeModificationSet.0.modificationState': 'optimizing',
        'volumeModificationSet.0.progress': '50',
        'volumeModificationSet.0.endTime': undefined,
      },
    },
    {
      title: 'those that are over',
      before: [...before, { advanceMs: 60_000 }],
      given: { 'Filter.1.Name': 'modification-state', 'Filter.1.Value.1': 'completed' },
      answers: {
        'volumeModificationSet.0.volumeId': '$volume.volumeId',
        'volumeModificationSet.0.progress': '100',
        'volumeModificationSet.0.endTime': '2026-01-01T00:11:00.000Z',
      },
    },
    {
      title: 'of a volume that was never modified',
      before: [makeVolume],
      given: { 'VolumeId.1': '$volume.volumeId' },
      answers: 'InvalidVolumeModification.NotFound',
    },
    {
      title: 'of a volume that there is not',
      given: { 'VolumeId.1': 'vol-0123456789abcdef0' },
      answers: 'InvalidVolume.NotFound',
    },
    { title: 'of what is no volume', given: { 'VolumeId.1': 'sda' }, answers: 'InvalidVolumeID.Malformed' },
  ],
})
