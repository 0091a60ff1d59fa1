import { ec2Error } from '../errors.ts'
import { addImage, checkImageName, deviceOf, imageDevices } from '../make-image.ts'
import { operation } from '../operation.ts'
import { boolean, required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import type { ImageDevice } from '../resources/image.ts'
import { images } from '../resources/image.ts'
import { devicesOf, instances, instanceState } from '../resources/instance.ts'
import { snapshots } from '../resources/snapshot.ts'
import { volumes } from '../resources/volume.ts'
import { checkSpecifications, tagAsSpecified, tagSpecifications } from '../tagging.ts'
import { checkSnapshotQuota, takeSnapshot } from '../take-snapshot.ts'

const run = [
  { action: 'RunInstances', given: { ImageId: 'ami-0a1b2c3d4e5f60001', MinCount: '1', MaxCount: '1' }, as: 'run' },
  { advanceMs: 60_000 },
]
const given = { InstanceId: '$run.instancesSet.0.instanceId', Name: 'web of today' }

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html */
export const createImage = operation({
  name: 'CreateImage',
  parameters: {
    InstanceId: required(idOf(instances)),
    Name: required(text()),
    Description: text({ max: 255 }),
    // The instance comes back so quickly that nobody can see it go.
    NoReboot: boolean(),
    SnapshotLocation: text({ oneOf: ['regional', 'local'] }),
    BlockDeviceMapping: imageDevices,
    TagSpecification: tagSpecifications,
  },
  errors: [
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
    'InvalidAMIName.Malformed',
    'InvalidAMIName.Duplicate',
    'InvalidSnapshot.NotFound',
    'InvalidSnapshotID.Malformed',
    'UnknownVolumeType',
    'InvalidParameterValue',
    'IncorrectState',
    'SnapshotLimitExceeded',
  ],
  run(asked, { region, effect }) {
    checkSpecifications(asked.TagSpecification, ['image', 'snapshot'])
    const instance = region.of(instances).demand(asked.InstanceId)
    checkImageName(asked.Name, region)
    const state = instanceState(instance, region)
    if (state !== 'running' && state !== 'stopped' && state !== 'stopping') {
      throw ec2Error('IncorrectState', `The instance '${instance.id}' is in the '${state}' state.`)
    }
    const source = region.of(images).get(instance.imageId)
    const attached = devicesOf(instance, region).map(({ volumeId, attachment }) => ({ volumeId, attachment }))
    const id = region.of(images).newId()
    const bases = attached.map(({ volumeId, attachment }) => {
      const [volume] = region.of(volumes).demandAll([volumeId])
      return { volume, device: attachment.device, deleteOnTermination: attachment.deleteOnTermination }
    })
    const own = bases.map(({ volume, device, deleteOnTermination }): ImageDevice => ({
      device,
      deleteOnTermination,
      ...(volume !== undefined && {
        sizeGiB: volume.sizeGiB,
        volumeType: volume.type,
        encrypted: volume.encrypted,
        // Of a gp2 volume it follows from the size.
        ...(volume.iops !== undefined && volume.type !== 'gp2' && { iops: volume.iops }),
        ...(volume.throughput !== undefined && { throughput: volume.throughput }),
      }),
    }))
    const chosen = new Map(own.map((each) => [each.device, each]))
    for (const mapping of asked.BlockDeviceMapping) {
      const made = deviceOf(mapping, chosen.get(mapping.DeviceName ?? ''), region)
      if (made.noDevice === true) chosen.delete(made.device)
      else chosen.set(made.device, made)
    }
    checkSnapshotQuota(region, chosen.size)
    const devices = [...chosen.values()].map((device): ImageDevice => {
      const volume = bases.find((base) => base.device === device.device)?.volume
      if (volume === undefined || device.snapshotId !== undefined) return device
      const { sizeGiB, encrypted, kmsKeyId } = volume
      const description = `Created by CreateImage(${instance.id}) for ${id}`
      const snapshot = takeSnapshot(
        region,
        { volumeId: volume.id, sizeGiB, encrypted, kmsKeyId, description },
        undefined,
      )
      tagAsSpecified(region, snapshots, snapshot.id, asked.TagSpecification)
      return { ...device, snapshotId: snapshot.id }
    })
    const made = {
      id,
      name: asked.Name,
      description: asked.Description ?? '',
      rootDevice: instance.rootDevice,
      devices,
      architecture: source?.architecture ?? 'x86_64',
      platform: source?.platform,
      virtualization: source?.virtualization ?? 'hvm',
      enaSupport: source?.enaSupport ?? true,
      sriovNetSupport: source?.sriovNetSupport,
      bootMode: source?.bootMode,
      kernelId: instance.kernelId,
      ramdiskId: instance.ramdiskId,
      productCodes: source?.productCodes ?? [],
      sourceInstanceId: instance.id,
      sourceImageId: instance.imageId,
      sourceImageRegion: region.name,
    }
    addImage(region, made, { effect, durationMs: 60_000 })
    tagAsSpecified(region, images, id, asked.TagSpecification)
    return { imageId: id }
  },
  examples: [
    {
      title: 'of an instance, with a snapshot of its volume',
      before: [
        ...run,
        { action: 'CreateImage', given: { ...given, Name: 'web of yesterday' }, as: 'image' },
        { action: 'DescribeImages', given: { 'ImageId.1': '$image.imageId' }, as: 'described' },
        {
          action: 'DescribeSnapshots',
          given: { 'SnapshotId.1': '$described.imagesSet.0.blockDeviceMapping.0.ebs.snapshotId' },
        },
      ],
      given: {
        ...given,
        NoReboot: 'true',
        'BlockDeviceMapping.1.DeviceName': '/dev/xvda',
        'BlockDeviceMapping.1.Ebs.VolumeSize': '20',
      },
      answers: { 'imageId.0': undefined },
    },
    {
      title: 'with a name that is none',
      before: run,
      given: { ...given, Name: 'a!' },
      answers: 'InvalidAMIName.Malformed',
    },
    {
      title: 'with a name that another has',
      before: [...run, { action: 'CreateImage', given }],
      given,
      answers: 'InvalidAMIName.Duplicate',
    },
    {
      title: 'with a device of a snapshot that there is not',
      before: run,
      given: {
        ...given,
        'BlockDeviceMapping.1.DeviceName': '/dev/sdh',
        'BlockDeviceMapping.1.Ebs.SnapshotId': 'snap-0123456789abcdef0',
      },
      answers: 'InvalidSnapshot.NotFound',
    },
    {
      title: 'with a device of what is no snapshot',
      before: run,
      given: {
        ...given,
        'BlockDeviceMapping.1.DeviceName': '/dev/sdh',
        'BlockDeviceMapping.1.Ebs.SnapshotId': 'nightly',
      },
      answers: 'InvalidSnapshotID.Malformed',
    },
    {
      title: 'with a device of a type that there is not',
      before: run,
      given: {
        ...given,
        'BlockDeviceMapping.1.DeviceName': '/dev/sdh',
        'BlockDeviceMapping.1.Ebs.VolumeSize': '8',
        'BlockDeviceMapping.1.Ebs.VolumeType': 'gp9',
      },
      answers: 'UnknownVolumeType',
    },
    {
      title: 'with a device that has neither size nor snapshot',
      before: run,
      given: { ...given, 'BlockDeviceMapping.1.DeviceName': '/dev/sdh', 'BlockDeviceMapping.1.Ebs.VolumeType': 'gp3' },
      answers: 'InvalidParameterValue',
    },
    { title: 'of an instance that is still pending', before: run.slice(0, 1), given, answers: 'IncorrectState' },
    {
      title: 'of an instance that there is not',
      given: { ...given, InstanceId: 'i-0123456789abcdef0' },
      answers: 'InvalidInstanceID.NotFound',
    },
    { title: 'of what is no instance', given: { ...given, InstanceId: 'web' }, answers: 'InvalidInstanceID.Malformed' },
    {
      title: 'with more snapshots than the quota allows',
      seed: { quotas: { snapshots: 0 } },
      before: run,
      given,
      answers: 'SnapshotLimitExceeded',
    },
  ],
})
