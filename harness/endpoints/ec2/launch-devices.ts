import { ec2Error } from './errors.ts'
import type { Launch } from './launch-parameters.ts'
import { encryptionFor } from './resources/ebs-encryption.ts'
import type { Image } from './resources/image.ts'
import type { Instance } from './resources/instance.ts'
import { settled } from './resources/lifecycle.ts'
import { snapshots } from './resources/snapshot.ts'
import type { AttachmentState, Volume, VolumeState } from './resources/volume.ts'
import { volumes } from './resources/volume.ts'
import { volumeTypes } from './resources/volume-types.ts'
import type { Region } from './store.ts'

/**
 * Refuses what cannot be mapped, before anything is made.
 *
 * @throws Ec2Error InvalidRequest, MissingParameter, InvalidSnapshot.NotFound, InvalidBlockDeviceMapping
 */
export function checkDevices(given: Launch, image: Image, region: Region): void {
  for (const { DeviceName, NoDevice, VirtualName, Ebs: own } of given.BlockDeviceMapping) {
    if (NoDevice !== undefined && NoDevice !== '') throw ec2Error('InvalidRequest')
    if (NoDevice !== undefined || VirtualName !== undefined) continue
    if (own === undefined) throw ec2Error('MissingParameter', 'ebs')
    const base = image.devices.find(({ device }) => device === (DeviceName ?? image.rootDevice))
    const snapshot = own.SnapshotId === undefined ? undefined : region.of(snapshots).demand(own.SnapshotId)
    const least = snapshot?.sizeGiB ?? base?.sizeGiB
    if (own.VolumeSize === undefined && least === undefined) {
      throw ec2Error('MissingParameter', 'size or snapshotId')
    }
    if (own.VolumeSize !== undefined && least !== undefined && own.VolumeSize < least) {
      throw ec2Error(
        'InvalidBlockDeviceMapping',
        `Volume of size ${own.VolumeSize}GB is smaller than snapshot '${snapshot?.id ?? base?.snapshotId ?? ''}', expect size >= ${least}GB`,
      )
    }
  }
}

/** The image's devices with what the launch says of them, as volumes that are not stored yet. */
export function devicesFor(given: Launch, image: Image, instance: Instance, region: Region): Volume[] {
  const asked = new Map(given.BlockDeviceMapping.map((mapping) => [mapping.DeviceName ?? image.rootDevice, mapping]))
  const names = [...new Set([...image.devices.map(({ device }) => device), ...asked.keys()])]
  return names.flatMap((device) => {
    const [base, mapping] = [image.devices.find((each) => each.device === device), asked.get(device)]
    if (mapping?.NoDevice !== undefined || mapping?.VirtualName !== undefined || base?.virtualName !== undefined)
      return []
    const { Ebs: own } = mapping ?? {}
    if (base === undefined && own === undefined) return []
    const type = own?.VolumeType ?? base?.volumeType ?? 'gp2'
    const limits = volumeTypes[type]
    if (limits === undefined) throw ec2Error('UnknownVolumeType', type)
    const snapshot = own?.SnapshotId === undefined ? undefined : region.of(snapshots).demand(own.SnapshotId)
    const sizeGiB = own?.VolumeSize ?? snapshot?.sizeGiB ?? base?.sizeGiB ?? 8
    // What the image says of speed is for the type that it names.
    const like = own?.VolumeType === undefined || own.VolumeType === base?.volumeType ? base : undefined
    const wanted = { sizeGiB, iops: own?.Iops ?? like?.iops, throughput: own?.Throughput ?? like?.throughput }
    limits.check(wanted)
    return [
      {
        id: region.of(volumes).newId(),
        sizeGiB: wanted.sizeGiB,
        snapshotId: own?.SnapshotId ?? base?.snapshotId ?? '',
        zone: instance.zone,
        createTime: region.now(),
        type,
        iops: wanted.iops ?? limits.iopsOf(wanted.sizeGiB),
        throughput: wanted.throughput ?? limits.throughput,
        ...encryptionFor(
          region,
          { encrypted: own?.Encrypted ?? base?.encrypted, kmsKeyId: own?.KmsKeyId ?? base?.kmsKeyId },
          snapshot,
        ),
        multiAttach: false,
        autoEnableIo: false,
        life: settled<VolumeState>('available'),
        attachments: [
          {
            instanceId: instance.id,
            device,
            attachTime: region.now(),
            deleteOnTermination: own?.DeleteOnTermination ?? base?.deleteOnTermination ?? true,
            life: settled<AttachmentState>('attached'),
          },
        ],
      },
    ]
  })
}
