import type { FilterValue } from '../filters.ts'
import type { Region } from '../store.ts'
import { resourceKind } from '../store.ts'
import { tagSet } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import type { Lifecycle } from './lifecycle.ts'
import { stateOf } from './lifecycle.ts'

export type VolumeState = 'creating' | 'available' | 'in-use' | 'deleting' | 'deleted' | 'error'
export type AttachmentState = 'attaching' | 'attached' | 'detaching' | 'detached' | 'busy'

export interface VolumeAttachment {
  readonly instanceId: string
  readonly device: string
  readonly attachTime: Date
  deleteOnTermination: boolean
  life: Lifecycle<AttachmentState>
}

export interface Volume {
  readonly id: string
  sizeGiB: number
  readonly snapshotId: string
  readonly zone: string
  readonly createTime: Date
  type: string
  iops: number | undefined
  throughput: number | undefined
  readonly encrypted: boolean
  readonly kmsKeyId: string | undefined
  readonly multiAttach: boolean
  autoEnableIo: boolean
  /** Of creating; while attachments are there the volume is in use. */
  life: Lifecycle<VolumeState>
  attachments: VolumeAttachment[]
}

export const volumes = resourceKind<Volume>({
  name: 'volume',
  prefix: 'vol',
  notFound: 'InvalidVolume.NotFound',
  malformed: 'InvalidVolumeID.Malformed',
})

/** Attachments that are still there: one that has finished detaching is not. */
export function attachmentsOf(volume: Volume, region: Region): VolumeAttachment[] {
  return volume.attachments.filter(({ life }) => stateOf(region, life) !== 'detached')
}

export function volumeState(volume: Volume, region: Region): VolumeState {
  const own = stateOf(region, volume.life)
  if (own !== 'available') return own
  return attachmentsOf(volume, region).length > 0 ? 'in-use' : 'available'
}

export function attachmentView(volume: Volume, attachment: VolumeAttachment, region: Region): Xml {
  return {
    volumeId: volume.id,
    instanceId: attachment.instanceId,
    device: attachment.device,
    status: stateOf(region, attachment.life),
    attachTime: attachment.attachTime,
    deleteOnTermination: attachment.deleteOnTermination,
  }
}

export function volumeView(volume: Volume, region: Region): Xml {
  return {
    volumeId: volume.id,
    size: volume.sizeGiB,
    snapshotId: volume.snapshotId,
    availabilityZone: volume.zone,
    status: volumeState(volume, region),
    createTime: volume.createTime,
    attachmentSet: attachmentsOf(volume, region).map((each) => attachmentView(volume, each, region)),
    tagSet: tagSet(region, volume.id),
    volumeType: volume.type,
    iops: volume.iops,
    throughput: volume.throughput,
    encrypted: volume.encrypted,
    kmsKeyId: volume.kmsKeyId,
    multiAttachEnabled: volume.multiAttach,
  }
}

export const volumeFilters: Readonly<Record<string, (volume: Volume, region: Region) => FilterValue>> = {
  'attachment.attach-time': (volume, region) =>
    attachmentsOf(volume, region).map(({ attachTime }) => attachTime.toISOString()),
  'attachment.delete-on-termination': (volume, region) =>
    attachmentsOf(volume, region).map((each) => each.deleteOnTermination),
  'attachment.device': (volume, region) => attachmentsOf(volume, region).map(({ device }) => device),
  'attachment.instance-id': (volume, region) => attachmentsOf(volume, region).map(({ instanceId }) => instanceId),
  'attachment.status': (volume, region) => attachmentsOf(volume, region).map(({ life }) => stateOf(region, life)),
  'availability-zone': ({ zone }) => zone,
  'create-time': ({ createTime }) => createTime.toISOString(),
  encrypted: ({ encrypted }) => encrypted,
  'multi-attach-enabled': ({ multiAttach }) => multiAttach,
  size: ({ sizeGiB }) => sizeGiB,
  'snapshot-id': ({ snapshotId }) => snapshotId,
  status: (volume, region) => volumeState(volume, region),
  'volume-id': ({ id }) => id,
  'volume-type': ({ type }) => type,
}
