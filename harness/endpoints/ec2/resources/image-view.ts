import type { FilterValue } from '../filters.ts'
import type { Region } from '../store.ts'
import { tagSet } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import { dateText } from '../wire/xml.ts'
import type { Image, ImageDevice, LaunchPermission } from './image.ts'
import { imageState } from './image.ts'

const failure = { code: 'Client.InternalError', message: 'Client.InternalError: The image could not be made.' }

function reasonOf(image: Image, region: Region): typeof failure | undefined {
  return imageState(image, region) === 'failed' ? failure : undefined
}

export function isPublic({ launchPermissions }: Image): boolean {
  return launchPermissions.has('group:all')
}

export function deviceView(device: ImageDevice): Xml {
  if (device.noDevice === true) return { deviceName: device.device, noDevice: '' }
  if (device.virtualName !== undefined) return { deviceName: device.device, virtualName: device.virtualName }
  return {
    deviceName: device.device,
    ebs: {
      snapshotId: device.snapshotId,
      volumeSize: device.sizeGiB,
      deleteOnTermination: device.deleteOnTermination ?? true,
      volumeType: device.volumeType,
      iops: device.iops,
      throughput: device.throughput,
      encrypted: device.encrypted ?? false,
      kmsKeyId: device.kmsKeyId,
    },
  }
}

const permissionNames: Readonly<Record<string, string>> = {
  group: 'group',
  user: 'userId',
  organization: 'organizationArn',
  unit: 'organizationalUnitArn',
}

export function permissionView(permission: LaunchPermission): Xml {
  const at = permission.indexOf(':')
  return { [permissionNames[permission.slice(0, at)] ?? 'userId']: permission.slice(at + 1) }
}

export function productCodeView(productCode: string): Xml {
  return { productCode, type: 'marketplace' }
}

export function imageView(image: Image, region: Region): Xml {
  const windows = image.platform === 'windows'
  return {
    imageId: image.id,
    imageLocation: image.location,
    imageState: imageState(image, region),
    imageOwnerId: image.ownerId,
    creationDate: image.creationDate,
    isPublic: isPublic(image),
    productCodes: image.productCodes.map(productCodeView),
    architecture: image.architecture,
    imageType: 'machine',
    kernelId: image.kernelId,
    ramdiskId: image.ramdiskId,
    platform: image.platform,
    platformDetails: windows ? 'Windows' : 'Linux/UNIX',
    usageOperation: windows ? 'RunInstances:0002' : 'RunInstances',
    sriovNetSupport: image.sriovNetSupport,
    enaSupport: image.enaSupport,
    stateReason: reasonOf(image, region),
    imageOwnerAlias: image.ownerAlias,
    name: image.name,
    description: image.description,
    rootDeviceType: image.rootDeviceType,
    rootDeviceName: image.rootDevice,
    blockDeviceMapping: image.devices.map(deviceView),
    virtualizationType: image.virtualization,
    tagSet: tagSet(region, image.id),
    hypervisor: 'xen',
    bootMode: image.bootMode,
    tpmSupport: image.tpmSupport,
    imdsSupport: image.imdsSupport,
    deprecationTime: image.deprecationTime,
    sourceInstanceId: image.sourceInstanceId,
    sourceImageId: image.sourceImageId,
    sourceImageRegion: image.sourceImageRegion,
    deregistrationProtection: 'disabled',
  }
}

const ofDevices =
  (read: (device: ImageDevice) => string | number | boolean | undefined) =>
  ({ devices }: Image): FilterValue =>
    devices.map(read)

export const imageFilters: Readonly<Record<string, (image: Image, region: Region) => FilterValue>> = {
  architecture: ({ architecture }) => architecture,
  'block-device-mapping.delete-on-termination': ofDevices(({ deleteOnTermination }) => deleteOnTermination ?? true),
  'block-device-mapping.device-name': ofDevices(({ device }) => device),
  'block-device-mapping.encrypted': ofDevices(({ encrypted }) => encrypted ?? false),
  'block-device-mapping.snapshot-id': ofDevices(({ snapshotId }) => snapshotId),
  'block-device-mapping.volume-size': ofDevices(({ sizeGiB }) => sizeGiB),
  'block-device-mapping.volume-type': ofDevices(({ volumeType }) => volumeType),
  'creation-date': ({ creationDate }) => dateText(creationDate),
  description: ({ description }) => description,
  'ena-support': ({ enaSupport }) => enaSupport,
  'free-tier-eligible': () => false,
  hypervisor: () => 'xen',
  'image-allowed': () => true,
  'image-id': ({ id }) => id,
  'image-type': () => 'machine',
  'is-public': (image) => isPublic(image),
  'kernel-id': ({ kernelId }) => kernelId,
  'manifest-location': ({ location }) => location,
  name: ({ name }) => name,
  'owner-alias': ({ ownerAlias }) => ownerAlias,
  'owner-id': ({ ownerId }) => ownerId,
  platform: ({ platform }) => platform,
  'product-code': ({ productCodes }) => productCodes,
  'product-code.type': ({ productCodes }) => productCodes.map(() => 'marketplace'),
  'ramdisk-id': ({ ramdiskId }) => ramdiskId,
  'root-device-name': ({ rootDevice }) => rootDevice,
  'root-device-type': ({ rootDeviceType }) => rootDeviceType,
  'source-image-id': ({ sourceImageId }) => sourceImageId,
  'source-image-region': ({ sourceImageRegion }) => sourceImageRegion,
  'source-instance-id': ({ sourceInstanceId }) => sourceInstanceId,
  'sriov-net-support': ({ sriovNetSupport }) => sriovNetSupport,
  state: (image, region) => imageState(image, region),
  'state-reason-code': (image, region) => reasonOf(image, region)?.code,
  'state-reason-message': (image, region) => reasonOf(image, region)?.message,
  'virtualization-type': ({ virtualization }) => virtualization,
}
