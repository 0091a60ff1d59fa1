import { ec2Error } from '../errors.ts'
import { operation } from '../operation.ts'
import { boolean, integer, required, text } from '../parameters.ts'
import { regionNames } from '../regions.ts'
import { idOf } from '../resource.ts'
import { encryptionFor } from '../resources/ebs-encryption.ts'
import { going } from '../resources/lifecycle.ts'
import type { Snapshot, SnapshotState } from '../resources/snapshot.ts'
import { snapshots, snapshotState } from '../resources/snapshot.ts'
import type { Region } from '../store.ts'
import { checkSpecifications, tagAsSpecified, tagSet, tagSpecifications } from '../tagging.ts'
import { checkSnapshotQuota } from '../take-snapshot.ts'

const source = [
  {
    action: 'CreateVolume',
    given: { AvailabilityZone: 'eu-west-1a', Size: '8', Encrypted: 'true' },
    region: 'eu-west-1',
    as: 'volume',
  },
  { advanceMs: 60_000 },
  { action: 'CreateSnapshot', given: { VolumeId: '$volume.volumeId' }, region: 'eu-west-1', as: 'snapshot' },
]
const done = { advanceMs: 60_000 }
const given = { SourceRegion: 'eu-west-1', SourceSnapshotId: '$snapshot.snapshotId' }

/** The source, where its region has it; the service finds out about another region only while it copies. */
function sourceOf(id: string, name: string, region: Region): Snapshot | undefined {
  if (!regionNames(region.world.seed).includes(name)) {
    throw ec2Error('InvalidParameterValue', `Value (${name}) for parameter sourceRegion is invalid. Invalid region.`)
  }
  const there = region.namespace.region(name)
  const found =
    name === region.name
      ? there.of(snapshots).demand(id)
      : (there.of(snapshots).get(id) ?? snapshots.shared?.(there, id))
  const state = found === undefined ? 'completed' : snapshotState(found, there)
  if (state !== 'completed') throw ec2Error('IncorrectState', `Snapshot '${id}' is in the '${state}' state.`)
  return found
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html */
export const copySnapshot = operation({
  name: 'CopySnapshot',
  parameters: {
    SourceRegion: required(text()),
    SourceSnapshotId: required(idOf(snapshots)),
    // Only the presigned URL needs it: the copy is made where the request goes.
    DestinationRegion: text(),
    PresignedUrl: text(),
    Description: text({ max: 255 }),
    Encrypted: boolean(),
    KmsKeyId: text(),
    CompletionDurationMinutes: integer({ min: 15, max: 2_880 }),
    DestinationOutpostArn: text(),
    DestinationAvailabilityZone: text(),
    TagSpecification: tagSpecifications,
  },
  errors: [
    'InvalidSnapshot.NotFound',
    'InvalidSnapshotID.Malformed',
    'InvalidParameterValue',
    'InvalidParameterDependency',
    'IncorrectState',
    'SnapshotLimitExceeded',
  ],
  run(asked, { region, effect, presigned }) {
    const { SourceRegion: from, SourceSnapshotId: id, PresignedUrl: url } = asked
    checkSpecifications(asked.TagSpecification, ['snapshot'])
    if (asked.Encrypted === false) {
      throw ec2Error('InvalidParameterValue', 'The parameter Encrypted cannot be set to false.')
    }
    const found = sourceOf(id, from, region)
    if (asked.KmsKeyId !== undefined && asked.Encrypted !== true && found?.encrypted !== true) {
      throw ec2Error('InvalidParameterDependency', 'The parameter KmsKeyId requires the parameter Encrypted to be set.')
    }
    if (presigned !== undefined && url === undefined && found?.encrypted === true && from !== region.name) {
      throw ec2Error('MissingParameter', 'PresignedUrl')
    }
    checkSnapshotQuota(region)
    const parameters = { Action: 'CopySnapshot', SourceRegion: from, SourceSnapshotId: id }
    const wanted = { region: from, parameters: { ...parameters, DestinationRegion: region.name } }
    // "An invalid or improperly signed PresignedUrl will cause the copy operation to fail asynchronously."
    const trouble =
      (url === undefined ? undefined : presigned?.(url, wanted)) ??
      (found === undefined ? `The snapshot '${id}' does not exist in ${from}.` : undefined) ??
      (effect === 'snapshot-error' ? 'An internal error occurred while the snapshot was copied.' : undefined)
    const there = region.of(snapshots)
    const copy = there.add({
      id: there.newId(),
      volumeId: 'vol-ffffffff',
      sizeGiB: found?.sizeGiB ?? 0,
      startTime: region.now(),
      description: asked.Description ?? '',
      // A key of one region does not open anything in another.
      ...encryptionFor(
        region,
        { encrypted: asked.Encrypted, kmsKeyId: asked.KmsKeyId },
        found && (from === region.name ? found : { encrypted: found.encrypted, kmsKeyId: undefined }),
      ),
      ownerId: region.accountId,
      life: going<SnapshotState>(
        region,
        'pending',
        trouble === undefined ? 'completed' : 'error',
        'snapshot-copy',
        60_000,
      ),
      stateMessage: trouble,
      stalledAt: effect === 'snapshot-stalls' ? 41 : undefined,
      createVolumePermissions: new Set(),
    })
    tagAsSpecified(region, snapshots, copy.id, asked.TagSpecification)
    return { snapshotId: copy.id, tagSet: tagSet(region, copy.id) }
  },
  examples: [
    {
      title: 'from another region, asked of the region where the copy is to be',
      before: [
        ...source,
        done,
        { action: 'CopySnapshot', given, as: 'copy' },
        { action: 'DescribeSnapshots', given: { 'SnapshotId.1': '$copy.snapshotId' }, as: 'described' },
      ],
      given: { ...given, 'TagSpecification.1.ResourceType': 'snapshot', 'TagSpecification.1.Tag.1.Key': 'copy' },
      answers: { 'tagSet.0.key': 'copy' },
    },
    {
      title: 'of a snapshot that the named region does not have: an id, and an error while it is copied',
      given: { SourceRegion: 'eu-west-2', SourceSnapshotId: 'snap-0123456789abcdef0' },
      answers: { tagSet: '' },
    },
    {
      title: 'of a snapshot of the same region that there is not',
      given: { SourceRegion: 'us-east-1', SourceSnapshotId: 'snap-0123456789abcdef0' },
      answers: 'InvalidSnapshot.NotFound',
    },
    {
      title: 'of what is no snapshot',
      given: { SourceRegion: 'eu-west-1', SourceSnapshotId: 'nightly' },
      answers: 'InvalidSnapshotID.Malformed',
    },
    {
      title: 'from a region that there is not',
      given: { SourceRegion: 'mars-north-1', SourceSnapshotId: 'snap-0123456789abcdef0' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'with a key, but not encrypted',
      given: { SourceRegion: 'eu-west-2', SourceSnapshotId: 'snap-0123456789abcdef0', KmsKeyId: 'alias/own' },
      answers: 'InvalidParameterDependency',
    },
    { title: 'of one that is still pending', before: source, given, answers: 'IncorrectState' },
    {
      title: 'more than the quota allows',
      seed: { quotas: { snapshots: 0 } },
      given: { SourceRegion: 'eu-west-2', SourceSnapshotId: 'snap-0123456789abcdef0' },
      answers: 'SnapshotLimitExceeded',
    },
  ],
})
