import { ec2Error } from '../errors.ts'
import { operation } from '../operation.ts'
import { boolean, integer, structure, text } from '../parameters.ts'
import { zonesOf } from '../regions.ts'
import { idOf } from '../resource.ts'
import { encryptionFor } from '../resources/ebs-encryption.ts'
import { going } from '../resources/lifecycle.ts'
import { snapshots } from '../resources/snapshot.ts'
import { snapshotState } from '../resources/snapshot.ts'
import { tierOf } from '../resources/snapshot-tier.ts'
import type { Volume } from '../resources/volume.ts'
import { volumes, volumeView } from '../resources/volume.ts'
import { volumeTypes } from '../resources/volume-types.ts'
import type { Region } from '../store.ts'
import { checkSpecifications, tagAsSpecified, tagSpecifications } from '../tagging.ts'

/** @throws Ec2Error MissingParameter, InvalidParameterCombination, InvalidZone.NotFound */
function zoneOf(name: string | undefined, id: string | undefined, region: Region): string {
  if (name !== undefined && id !== undefined) {
    throw ec2Error('InvalidParameterCombination', 'AvailabilityZone and AvailabilityZoneId cannot be used together')
  }
  const wanted = name ?? id
  if (wanted === undefined) throw ec2Error('MissingParameter', 'AvailabilityZone')
  const found = zonesOf(region.name, region.world.seed).find((zone) =>
    name === undefined ? zone.id === wanted : zone.name === wanted,
  )
  if (found === undefined && !region.world.lenient) throw ec2Error('InvalidZone.NotFound', wanted)
  return found?.name ?? wanted
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html */
export const createVolume = operation({
  name: 'CreateVolume',
  parameters: {
    AvailabilityZone: text(),
    AvailabilityZoneId: text(),
    Size: integer(),
    SnapshotId: idOf(snapshots),
    VolumeType: text(),
    Iops: integer(),
    Throughput: integer(),
    Encrypted: boolean(),
    KmsKeyId: text(),
    MultiAttachEnabled: boolean(),
    OutpostArn: text(),
    VolumeInitializationRate: integer({ min: 100, max: 300 }),
    Operator: structure({ Principal: text() }),
    ClientToken: text({ max: 64 }),
    TagSpecification: tagSpecifications,
  },
  errors: [
    'InvalidZone.NotFound',
    'InvalidParameterCombination',
    'InvalidParameterDependency',
    'InvalidParameterValue',
    'InvalidSnapshot.NotFound',
    'InvalidSnapshotID.Malformed',
    'IncorrectState',
    'UnknownVolumeType',
    'VolumeLimitExceeded',
  ],
  run(given, { region, effect }) {
    const { VolumeType: type = 'gp2' } = given
    const zone = zoneOf(given.AvailabilityZone, given.AvailabilityZoneId, region)
    checkSpecifications(given.TagSpecification, ['volume'])
    const limits = volumeTypes[type]
    if (limits === undefined) throw ec2Error('UnknownVolumeType', type)
    if (given.KmsKeyId !== undefined && given.Encrypted !== true) {
      throw ec2Error('InvalidParameterDependency', `The parameter KmsKeyId requires the parameter Encrypted to be set.`)
    }
    if (given.Throughput !== undefined && type !== 'gp3') {
      throw ec2Error('InvalidParameterDependency', 'The parameter Throughput requires a volume of the type gp3.')
    }
    if (given.MultiAttachEnabled === true && type !== 'io1' && type !== 'io2') {
      throw ec2Error(
        'InvalidParameterDependency',
        'The parameter MultiAttachEnabled requires a volume of the type io1 or io2.',
      )
    }
    const source = given.SnapshotId === undefined ? undefined : region.of(snapshots).demand(given.SnapshotId)
    if (source !== undefined && snapshotState(source, region) !== 'completed') {
      throw ec2Error('IncorrectState', `Snapshot is in invalid state - ${snapshotState(source, region)}`)
    }
    if (source !== undefined && tierOf(source, region) === 'archive') {
      throw ec2Error('IncorrectState', `Snapshot '${source.id}' is archived.`)
    }
    const sizeGiB = given.Size ?? source?.sizeGiB
    if (sizeGiB === undefined) {
      throw ec2Error('InvalidParameterCombination', 'The request must contain the parameter size or snapshotId')
    }
    if (source !== undefined && sizeGiB < source.sizeGiB) {
      throw ec2Error('InvalidParameterValue', `Size ${sizeGiB} is smaller than the snapshot's ${source.sizeGiB} GiB`)
    }
    limits.check({ sizeGiB, iops: given.Iops, throughput: given.Throughput })
    const there = region.of(volumes)
    if (there.size >= region.quota('volumes')) throw ec2Error('VolumeLimitExceeded', region.quota('volumes'))

    const volume: Volume = {
      id: there.newId(),
      sizeGiB,
      snapshotId: source?.id ?? '',
      zone,
      createTime: region.now(),
      type,
      iops: given.Iops ?? limits.iopsOf(sizeGiB),
      throughput: given.Throughput ?? limits.throughput,
      ...encryptionFor(region, { encrypted: given.Encrypted, kmsKeyId: given.KmsKeyId }, source),
      multiAttach: given.MultiAttachEnabled ?? false,
      autoEnableIo: false,
      life: going(region, 'creating', effect === 'volume-error' ? 'error' : 'available', 'volume', 3_000),
      attachments: [],
    }
    tagAsSpecified(region, volumes, volume.id, given.TagSpecification)
    return volumeView(there.add(volume), region)
  },
  examples: [
    {
      title: 'of a size, in a zone, with a tag',
      given: {
        AvailabilityZone: 'us-east-1a',
        Size: '100',
        VolumeType: 'gp3',
        'TagSpecification.1.ResourceType': 'volume',
        'TagSpecification.1.Tag.1.Key': 'job',
        'TagSpecification.1.Tag.1.Value': 'backup',
      },
      answers: {
        status: 'creating',
        size: '100',
        volumeType: 'gp3',
        iops: '3000',
        throughput: '125',
        'tagSet.0.key': 'job',
      },
    },
    {
      title: 'of a snapshot, as large as it',
      before: [
        { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '20' }, as: 'volume' },
        { action: 'CreateSnapshot', given: { VolumeId: '$volume.volumeId' }, as: 'snapshot' },
      ],
      clock: 'instant',
      given: { AvailabilityZone: 'us-east-1b', SnapshotId: '$snapshot.snapshotId' },
      answers: { size: '20', snapshotId: '$snapshot.snapshotId' },
    },
    {
      title: 'of a snapshot that is not there yet',
      before: [
        { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '20' }, as: 'volume' },
        { advanceMs: 60_000 },
        { action: 'CreateSnapshot', given: { VolumeId: '$volume.volumeId' }, as: 'snapshot' },
      ],
      given: { AvailabilityZone: 'us-east-1b', SnapshotId: '$snapshot.snapshotId' },
      answers: 'IncorrectState',
    },
    {
      title: 'smaller than its snapshot',
      before: [
        { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '20' }, as: 'volume' },
        { action: 'CreateSnapshot', given: { VolumeId: '$volume.volumeId' }, as: 'snapshot' },
      ],
      clock: 'instant',
      given: { AvailabilityZone: 'us-east-1b', SnapshotId: '$snapshot.snapshotId', Size: '19' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'of a snapshot that there is not',
      given: { AvailabilityZone: 'us-east-1a', SnapshotId: 'snap-0123456789abcdef0' },
      answers: 'InvalidSnapshot.NotFound',
    },
    {
      title: 'of what is no snapshot',
      given: { AvailabilityZone: 'us-east-1a', SnapshotId: 'vol-1' },
      answers: 'InvalidSnapshotID.Malformed',
    },
    {
      title: 'in a zone of another region',
      given: { AvailabilityZone: 'eu-west-1a', Size: '8' },
      answers: 'InvalidZone.NotFound',
    },
    { title: 'without a zone', given: { Size: '8' }, answers: 'MissingParameter' },
    { title: 'without a size', given: { AvailabilityZone: 'us-east-1a' }, answers: 'InvalidParameterCombination' },
    {
      title: 'of a type that there is not',
      given: { AvailabilityZone: 'us-east-1a', Size: '8', VolumeType: 'gp9' },
      answers: 'UnknownVolumeType',
    },
    {
      title: 'with a key and without encryption',
      given: { AvailabilityZone: 'us-east-1a', Size: '8', KmsKeyId: 'alias/mine' },
      answers: 'InvalidParameterDependency',
    },
    {
      title: 'one more than the quota',
      seed: { quotas: { volumes: 1 } },
      before: [{ action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' } }],
      given: { AvailabilityZone: 'us-east-1a', Size: '8' },
      answers: 'VolumeLimitExceeded',
    },
  ],
})
