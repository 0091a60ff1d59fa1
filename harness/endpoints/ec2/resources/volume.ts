import type { FilterValue } from '../filters.ts'
import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import { tagsOf } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import { dateText } from '../wire/xml.ts'
import { zoneId } from '../zone-id.ts'
import type { Lifecycle } from './lifecycle.ts'
import { stateOf } from './lifecycle.ts'
import type { Features, VolumeModification } from './volume-modification.ts'
import { modificationState } from './volume-modification.ts'

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
  multiAttach: boolean
  autoEnableIo: boolean
  /** Of creating; while attachments are there the volume is in use. */
  life: Lifecycle<VolumeState>
  attachments: VolumeAttachment[]
  modification?: VolumeModification
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

/** What it is now: while a modification is under way, what it was. */
export function featuresOf(volume: Volume, region: Region): Features {
  const { modification } = volume
  return modification !== undefined && modificationState(modification, region) === 'modifying'
    ? modification.original
    : volume
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
  const features = featuresOf(volume, region)
  return {
    volumeId: volume.id,
    size: features.sizeGiB,
    snapshotId: volume.snapshotId,
    availabilityZone: volume.zone,
    availabilityZoneId: zoneId(volume.zone, region),
    status: volumeState(volume, region),
    createTime: volume.createTime,
    attachmentSet: attachmentsOf(volume, region).map((each) => attachmentView(volume, each, region)),
    tagSet: tagsOf(region, volume.id),
    volumeType: features.type,
    iops: features.iops,
    throughput: features.throughput,
    encrypted: volume.encrypted,
    kmsKeyId: volume.kmsKeyId,
    multiAttachEnabled: features.multiAttach,
  }
}

export const volumeFilters: Readonly<Record<string, (volume: Volume, region: Region) => FilterValue>> = {
  'attachment.attach-time': (volume, region) =>
    attachmentsOf(volume, region).map(({ attachTime }) => dateText(attachTime)),
  'attachment.delete-on-termination': (volume, region) =>
    attachmentsOf(volume, region).map((each) => each.deleteOnTermination),
  'attachment.device': (volume, region) => attachmentsOf(volume, region).map(({ device }) => device),
  'attachment.instance-id': (volume, region) => attachmentsOf(volume, region).map(({ instanceId }) => instanceId),
  'attachment.status': (volume, region) => attachmentsOf(volume, region).map(({ life }) => stateOf(region, life)),
  'availability-zone': ({ zone }) => zone,
  'availability-zone-id': ({ zone }, region) => zoneId(zone, region),
  'create-time': ({ createTime }) => dateText(createTime),
  encrypted: ({ encrypted }) => encrypted,
  'fast-restored': () => false,
  'multi-attach-enabled': ({ multiAttach }) => multiAttach,
  'operator.managed': () => false,
  'operator.principal': () => undefined,
  size: (volume, region) => featuresOf(volume, region).sizeGiB,
  'snapshot-id': ({ snapshotId }) => snapshotId,
  status: (volume, region) => volumeState(volume, region),
  'volume-id': ({ id }) => id,
  'volume-type': (volume, region) => featuresOf(volume, region).type,
}
