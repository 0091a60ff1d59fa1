import type { Region } from '../store.ts'
import { tagsOf } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'
import { zoneId } from '../zone-id.ts'
import { images } from './image.ts'
import type { MappedDevice } from './instance-belongings.ts'
import { devicesOf, elasticIpOf, interfacesOf, publicAddressOf } from './instance-belongings.ts'
import type { Instance } from './instance.ts'
import { instanceState, stateView } from './instance.ts'
import { stateOf } from './lifecycle.ts'
import type { NetworkInterface } from './network-interface.ts'
import { privateDnsName, publicDnsName } from './network-interface.ts'
import { groupItems } from './security-group.ts'

export function instanceView(instance: Instance, region: Region): Xml {
  const state = instanceState(instance, region)
  const there = state !== 'terminated'
  const [primary, ...others] = there ? interfacesOf(instance, region) : []
  const image = region.of(images).get(instance.imageId)
  const publicIp = publicAddressOf(primary, region)
  const privateIp = primary?.privateIps[0]
  return {
    instanceId: instance.id,
    imageId: instance.imageId,
    instanceState: stateView(state),
    privateDnsName: privateIp === undefined ? '' : privateDnsName(region.name, privateIp),
    dnsName: publicIp === undefined ? '' : publicDnsName(region.name, publicIp),
    reason: instance.transitionReason,
    keyName: instance.keyName,
    amiLaunchIndex: instance.launchIndex,
    productCodes: [],
    instanceType: instance.type,
    launchTime: instance.launchTime,
    placement: {
      availabilityZone: instance.zone,
      availabilityZoneId: zoneId(instance.zone, region),
      affinity: instance.placement.affinity,
      groupName: instance.placement.groupName ?? '',
      groupId: instance.placement.groupId,
      hostId: instance.placement.hostId,
      partitionNumber: instance.placement.partitionNumber,
      tenancy: instance.tenancy,
    },
    kernelId: instance.kernelId,
    ramdiskId: instance.ramdiskId,
    platform: image?.platform,
    monitoring: { state: instance.monitoring },
    subnetId: there ? instance.subnetId : undefined,
    vpcId: there ? instance.vpcId : undefined,
    privateIpAddress: privateIp,
    ipAddress: publicIp,
    sourceDestCheck: there ? instance.sourceDestCheck : undefined,
    groupSet: groupItems(primary?.groupIds ?? [], region),
    stateReason: instance.stateReason,
    architecture: image?.architecture ?? 'x86_64',
    rootDeviceType: 'ebs',
    rootDeviceName: instance.rootDevice,
    blockDeviceMapping: devicesView(there ? devicesOf(instance, region) : [], region),
    virtualizationType: image?.virtualization ?? 'hvm',
    instanceLifecycle: instance.lifecycle,
    clientToken: instance.clientToken ?? '',
    tagSet: tagsOf(region, instance.id),
    hypervisor: 'xen',
    networkInterfaceSet: (primary === undefined ? [] : [primary, ...others]).map((each) => interfaceItem(each, region)),
    iamInstanceProfile:
      instance.iamProfile === undefined ? undefined : { arn: instance.iamProfile.arn, id: instance.iamProfile.id },
    ebsOptimized: instance.ebsOptimized,
    enaSupport: image?.enaSupport ?? true,
    cpuOptions: instance.cpu,
    capacityReservationSpecification: { capacityReservationPreference: 'open' },
    hibernationOptions: { configured: instance.hibernation },
    metadataOptions: { state: 'applied', ...instance.metadata },
    enclaveOptions: { enabled: false },
    platformDetails: image?.platform === 'windows' ? 'Windows' : 'Linux/UNIX',
    usageOperation: image?.platform === 'windows' ? 'RunInstances:0002' : 'RunInstances',
    usageOperationUpdateTime: instance.launchTime,
    privateDnsNameOptions: {
      hostnameType: 'ip-name',
      enableResourceNameDnsARecord: false,
      enableResourceNameDnsAAAARecord: false,
    },
    maintenanceOptions: { autoRecovery: 'default' },
    currentInstanceBootMode: 'legacy-bios',
  }
}

/** `<blockDeviceMapping>` of an instance. */
export function devicesView(devices: readonly MappedDevice[], region: Region): Xml {
  return devices.map(({ volumeId, attachment }) => ({
    deviceName: attachment.device,
    ebs: {
      volumeId,
      status: stateOf(region, attachment.life),
      attachTime: attachment.attachTime,
      deleteOnTermination: attachment.deleteOnTermination,
    },
  }))
}

function interfaceItem(nic: NetworkInterface, region: Region): Xml {
  const primaryAssociation = associationOf(nic, nic.privateIps[0], region)
  const [primary = ''] = nic.privateIps
  return {
    networkInterfaceId: nic.id,
    subnetId: nic.subnetId,
    vpcId: nic.vpcId,
    description: nic.description,
    ownerId: region.accountId,
    status: 'in-use',
    macAddress: nic.mac,
    privateIpAddress: primary,
    privateDnsName: privateDnsName(region.name, primary),
    sourceDestCheck: nic.sourceDestCheck,
    groupSet: groupItems(nic.groupIds, region),
    attachment:
      nic.attachment === undefined
        ? undefined
        : {
            attachmentId: nic.attachment.attachmentId,
            deviceIndex: nic.attachment.deviceIndex,
            status: 'attached',
            attachTime: nic.attachment.attachTime,
            deleteOnTermination: nic.attachment.deleteOnTermination,
            networkCardIndex: 0,
          },
    association: primaryAssociation,
    privateIpAddressesSet: nic.privateIps.map((privateIpAddress, index) => ({
      privateIpAddress,
      privateDnsName: privateDnsName(region.name, privateIpAddress),
      primary: index === 0,
      association: index === 0 ? primaryAssociation : associationOf(nic, privateIpAddress, region),
    })),
    ipv6AddressesSet: nic.ipv6.map((ipv6Address) => ({ ipv6Address })),
    interfaceType: nic.interfaceType,
  }
}

/** An elastic address belongs to the account, one of the launch to the service. */
function associationOf(nic: NetworkInterface, privateIp: string | undefined, region: Region): Xml {
  const elastic = elasticIpOf(nic, region, privateIp)
  const publicIp = elastic?.publicIp ?? (privateIp === nic.privateIps[0] ? nic.publicIp : undefined)
  if (publicIp === undefined) return undefined
  return {
    publicIp,
    publicDnsName: publicDnsName(region.name, publicIp),
    ipOwnerId: elastic === undefined ? 'amazon' : region.accountId,
  }
}
