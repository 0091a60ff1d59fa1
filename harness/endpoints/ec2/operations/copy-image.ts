import { ec2Error } from '../errors.ts'
import { addImage, checkImageName } from '../make-image.ts'
import { operation } from '../operation.ts'
import { boolean, integer, required, text } from '../parameters.ts'
import { regionNames } from '../regions.ts'
import { idOf } from '../resource.ts'
import { encryptionFor } from '../resources/ebs-encryption.ts'
import type { ImageDevice } from '../resources/image.ts'
import { images, imageState } from '../resources/image.ts'
import { snapshots } from '../resources/snapshot.ts'
import { checkSpecifications, tagAsSpecified, tagResource, tagSpecifications } from '../tagging.ts'
import { checkSnapshotQuota, takeSnapshot } from '../take-snapshot.ts'

const given = { SourceRegion: 'eu-west-1', SourceImageId: 'ami-0a1b2c3d4e5f60003', Name: 'debian of ours' }

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html */
export const copyImage = operation({
  name: 'CopyImage',
  parameters: {
    SourceRegion: required(text()),
    SourceImageId: required(idOf(images)),
    Name: required(text()),
    Description: text({ max: 255 }),
    Encrypted: boolean(),
    KmsKeyId: text(),
    CopyImageTags: boolean(),
    ClientToken: text({ max: 64 }),
    DestinationOutpostArn: text(),
    DestinationAvailabilityZone: text(),
    DestinationAvailabilityZoneId: text(),
    SnapshotCopyCompletionDurationMinutes: integer({ min: 15, max: 2_880 }),
    TagSpecification: tagSpecifications,
  },
  errors: [
    'InvalidAMIID.NotFound',
    'InvalidAMIID.Malformed',
    'InvalidAMIID.Unavailable',
    'InvalidAMIName.Malformed',
    'InvalidAMIName.Duplicate',
    'InvalidParameterValue',
    'InvalidParameterDependency',
    'SnapshotLimitExceeded',
  ],
  run(asked, { region, effect }) {
    checkSpecifications(asked.TagSpecification, ['image', 'snapshot'])
    if (!regionNames(region.world.seed).includes(asked.SourceRegion)) {
      throw ec2Error(
        'InvalidParameterValue',
        `Value (${asked.SourceRegion}) for parameter sourceRegion is invalid. Invalid region.`,
      )
    }
    const there = region.namespace.region(asked.SourceRegion)
    const source = there.of(images).demand(asked.SourceImageId)
    if (imageState(source, there) !== 'available') throw ec2Error('InvalidAMIID.Unavailable', source.id)
    checkImageName(asked.Name, region)
    if (asked.KmsKeyId !== undefined && asked.Encrypted !== true) {
      throw ec2Error('InvalidParameterDependency', 'The parameter KmsKeyId requires the parameter Encrypted to be set.')
    }
    checkSnapshotQuota(region, source.devices.length)
    const id = region.of(images).newId()
    const devices = source.devices.map((device): ImageDevice => {
      if (device.snapshotId === undefined) return device
      const own = { encrypted: device.encrypted ?? false, kmsKeyId: undefined }
      const { encrypted, kmsKeyId } = encryptionFor(
        region,
        { encrypted: asked.Encrypted, kmsKeyId: asked.KmsKeyId },
        own,
      )
      const description = `Copied for DestinationAmi ${id} from SourceAmi ${source.id} for SourceSnapshot ${device.snapshotId}. Task created on ${region.now().getTime().toLocaleString('en-US')}.`
      const taken = { volumeId: 'vol-ffffffff', sizeGiB: device.sizeGiB ?? 8, encrypted, kmsKeyId, description }
      const snapshot = takeSnapshot(region, taken, undefined)
      tagAsSpecified(region, snapshots, snapshot.id, asked.TagSpecification)
      return { ...device, snapshotId: snapshot.id, encrypted, ...(kmsKeyId !== undefined && { kmsKeyId }) }
    })
    const { life: _life, launchPermissions: _permissions, ...kept } = source
    addImage(
      region,
      {
        ...kept,
        id,
        name: asked.Name,
        description: asked.Description ?? source.description,
        ownerId: region.accountId,
        ownerAlias: undefined,
        location: `${region.accountId}/${asked.Name}`,
        devices,
        creationDate: region.now(),
        deprecationTime: undefined,
        sourceInstanceId: undefined,
        sourceImageId: source.id,
        sourceImageRegion: asked.SourceRegion,
      },
      { effect, durationMs: 120_000 },
    )
    if (asked.CopyImageTags === true) {
      const tags = [...there.tags.of(source.id)].map(([Key, Value]) => ({ Key, Value }))
      tagResource(region, images.name, id, tags)
    }
    tagAsSpecified(region, images, id, asked.TagSpecification)
    return { imageId: id }
  },
  examples: [
    {
      title: 'from another region, asked of the region where the copy is to be',
      before: [
        { action: 'CopyImage', given: { ...given, Name: 'another' }, as: 'copy' },
        { action: 'DescribeImages', given: { 'ImageId.1': '$copy.imageId', 'Owner.1': 'self' }, as: 'described' },
        {
          action: 'DescribeSnapshots',
          given: { 'SnapshotId.1': '$described.imagesSet.0.blockDeviceMapping.0.ebs.snapshotId' },
        },
      ],
      given,
      answers: { 'imageId.0': undefined },
    },
    {
      title: 'the same request again, with the same client token: the same image',
      before: [{ action: 'CopyImage', given: { ...given, ClientToken: 'job-7' }, as: 'first' }],
      given: { ...given, ClientToken: 'job-7' },
      answers: { imageId: '$first.imageId' },
    },
    {
      title: 'of an image that the named region does not have',
      given: { ...given, SourceImageId: 'ami-0123456789abcdef0' },
      answers: 'InvalidAMIID.NotFound',
    },
    { title: 'of what is no image', given: { ...given, SourceImageId: 'debian' }, answers: 'InvalidAMIID.Malformed' },
    {
      title: 'of one that is still pending',
      before: [{ action: 'CopyImage', given: { ...given, Name: 'another' }, as: 'first' }],
      given: { ...given, SourceRegion: 'us-east-1', SourceImageId: '$first.imageId' },
      answers: 'InvalidAMIID.Unavailable',
    },
    { title: 'with a name that is none', given: { ...given, Name: 'a!' }, answers: 'InvalidAMIName.Malformed' },
    {
      title: 'with a name that another has',
      before: [{ action: 'CopyImage', given }],
      given,
      answers: 'InvalidAMIName.Duplicate',
    },
    {
      title: 'from a region that there is not',
      given: { ...given, SourceRegion: 'mars-north-1' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'with a key, but not encrypted',
      given: { ...given, KmsKeyId: 'alias/own' },
      answers: 'InvalidParameterDependency',
    },
    {
      title: 'with more snapshots than the quota allows',
      seed: { quotas: { snapshots: 0 } },
      given,
      answers: 'SnapshotLimitExceeded',
    },
  ],
})
