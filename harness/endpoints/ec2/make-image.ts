import { ec2Error } from './errors.ts'
import type { Values } from './parameters.ts'
import { boolean, integer, list, structure, text } from './parameters.ts'
import { idOf } from './resource.ts'
import type { Image, ImageDevice } from './resources/image.ts'
import { images, plainImage } from './resources/image.ts'
import { going } from './resources/lifecycle.ts'
import { snapshots } from './resources/snapshot.ts'
import { volumeTypes } from './resources/volume-types.ts'
import type { Region } from './store.ts'

/** `BlockDeviceMapping.n` of an image. */
export const imageDevices = list(
  structure({
    DeviceName: text(),
    VirtualName: text(),
    NoDevice: text(),
    Ebs: structure({
      DeleteOnTermination: boolean(),
      Iops: integer(),
      SnapshotId: idOf(snapshots),
      VolumeSize: integer({ min: 1 }),
      VolumeType: text(),
      KmsKeyId: text(),
      Throughput: integer(),
      OutpostArn: text(),
      AvailabilityZone: text(),
      AvailabilityZoneId: text(),
      Encrypted: boolean(),
      VolumeInitializationRate: integer(),
      EbsCardIndex: integer(),
    }),
  }),
)
type Mapping = Values<{ readonly mappings: typeof imageDevices }>['mappings'][number]

/**
 * A device as a mapping has it, on top of what is there already.
 *
 * @throws Ec2Error MissingParameter, InvalidSnapshot.NotFound, UnknownVolumeType, InvalidParameterValue
 */
export function deviceOf(mapping: Mapping, base: ImageDevice | undefined, region: Region): ImageDevice {
  const { DeviceName: device, VirtualName: virtualName, NoDevice, Ebs: ebs } = mapping
  if (device === undefined) throw ec2Error('MissingParameter', 'BlockDeviceMapping.DeviceName')
  if (NoDevice !== undefined) return { device, noDevice: true }
  if (virtualName !== undefined) return { device, virtualName }
  const source = ebs?.SnapshotId === undefined ? undefined : region.of(snapshots).demand(ebs.SnapshotId)
  const volumeType = ebs?.VolumeType ?? base?.volumeType ?? 'gp2'
  const limits = volumeTypes[volumeType]
  if (limits === undefined) throw ec2Error('UnknownVolumeType', volumeType)
  const sizeGiB = ebs?.VolumeSize ?? base?.sizeGiB ?? source?.sizeGiB
  if (sizeGiB === undefined) {
    throw ec2Error('InvalidParameterValue', `Either the size or the snapshot of ${device} must be given`)
  }
  if (source !== undefined && sizeGiB < source.sizeGiB) {
    throw ec2Error('InvalidParameterValue', `Size ${sizeGiB} is smaller than the snapshot's ${source.sizeGiB} GiB`)
  }
  const snapshotId = source?.id ?? base?.snapshotId
  const iops = ebs?.Iops ?? base?.iops
  return {
    device,
    sizeGiB,
    volumeType,
    deleteOnTermination: ebs?.DeleteOnTermination ?? base?.deleteOnTermination ?? true,
    encrypted: source?.encrypted ?? ebs?.Encrypted ?? base?.encrypted ?? false,
    ...(snapshotId !== undefined && { snapshotId }),
    ...(iops !== undefined && { iops }),
    ...(ebs?.Throughput !== undefined && { throughput: ebs.Throughput }),
    ...(ebs?.KmsKeyId !== undefined && { kmsKeyId: ebs.KmsKeyId }),
  }
}

/**
 * The name of a new image.
 *
 * @throws Ec2Error InvalidAMIName.Malformed, InvalidAMIName.Duplicate
 */
export function checkImageName(name: string, region: Region): void {
  if (!/^[A-Za-z0-9()[\] ./\-'@_]{3,128}$/.test(name)) throw ec2Error('InvalidAMIName.Malformed')
  for (const image of region.of(images).everything()) {
    if (image.name === name && image.ownerId === region.accountId && !image.deregistered) {
      throw ec2Error('InvalidAMIName.Duplicate', name, image.id)
    }
  }
}

/** Stored, private, and pending until it is available, or what the fault plan makes of it. */
export function addImage(
  region: Region,
  made: Pick<Image, 'id' | 'name' | 'rootDevice'> & Partial<Image>,
  { effect, durationMs }: { readonly effect: string | undefined; readonly durationMs: number },
): Image {
  return region.of(images).add({
    description: '',
    ownerId: region.accountId,
    ownerAlias: undefined,
    location: `${region.accountId}/${made.name}`,
    architecture: 'x86_64',
    platform: undefined,
    virtualization: 'hvm',
    rootDeviceType: 'ebs',
    devices: [],
    creationDate: region.now(),
    ...plainImage,
    ...made,
    life: going(region, 'pending', effect === 'image-error' ? 'failed' : 'available', 'image', durationMs),
    launchPermissions: new Set(),
  })
}
