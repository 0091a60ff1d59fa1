import type { Document } from './document.ts'
import type { AzureSeed } from './seed.ts'

/** The instance document as the newest version has it. */
export function instanceDocument(seed: AzureSeed): Document {
  return { compute: compute(seed), network: { interface: seed.interfaces.map(networkInterface) } }
}

function compute(seed: AzureSeed): Document {
  const { image, tags } = seed
  return {
    additionalCapabilities: { hibernationEnabled: 'false' },
    azEnvironment: 'AzurePublicCloud',
    customData: '',
    evictionPolicy: seed.evictionPolicy,
    extendedLocation: { name: '', type: '' },
    host: { id: '' },
    hostGroup: { id: '' },
    isHostCompatibilityLayerVm: 'false',
    isVmInStandbyPool: '',
    licenseType: '',
    location: seed.location,
    name: seed.name,
    offer: image.offer,
    osProfile: {
      adminUsername: seed.adminUsername,
      computerName: seed.name,
      disablePasswordAuthentication: String(seed.disablePasswordAuthentication),
    },
    osType: 'Linux',
    physicalZone: `${seed.location}-AZ0${seed.zone || '1'}`,
    placementGroupId: '',
    plan: { name: '', product: '', publisher: '' },
    platformFaultDomain: '0',
    platformSubFaultDomain: '',
    platformUpdateDomain: '0',
    priority: seed.priority,
    provider: 'Microsoft.Compute',
    publicKeys: seed.publicKeys,
    publisher: image.publisher,
    resourceGroupName: seed.resourceGroupName,
    resourceId: resourceId(seed, `virtualMachines/${seed.name}`),
    securityProfile: {
      encryptionAtHost: 'false',
      secureBootEnabled: 'true',
      securityType: 'TrustedLaunch',
      virtualTpmEnabled: 'true',
    },
    sku: image.sku,
    storageProfile: storage(seed),
    subscriptionId: seed.subscriptionId,
    tags: Object.entries(tags)
      .map(([name, value]) => `${name}:${value}`)
      .join(';'),
    tagsList: Object.entries(tags).map(([name, value]) => ({ name, value })),
    userData: Buffer.from(seed.userData).toString('base64'),
    version: image.version,
    virtualMachineScaleSet: { id: '' },
    vmId: seed.vmId,
    vmScaleSetName: seed.scaleSetName,
    vmSize: seed.vmSize,
    zone: seed.zone,
  }
}

function storage(seed: AzureSeed): Document {
  const disk = (name: string): Document => ({
    id: resourceId(seed, `disks/${name}`),
    storageAccountType: 'StandardSSD_LRS',
  })
  const noVault = { sourceVault: { id: '' } }
  return {
    dataDisks: seed.dataDisks.map(({ name, sizeGb, lun }, index) => ({
      bytesPerSecondThrottle: '',
      caching: 'None',
      createOption: 'Empty',
      diskCapacityBytes: '',
      diskSizeGB: String(sizeGb),
      image: { uri: '' },
      isSharedDisk: 'false',
      isUltraDisk: 'false',
      lun: String(lun ?? index),
      managedDisk: disk(name),
      name,
      opsPerSecondThrottle: '',
      vhd: { uri: '' },
      writeAcceleratorEnabled: 'false',
    })),
    imageReference: {
      communityGalleryImageId: '',
      exactVersion: seed.image.version,
      id: '',
      sharedGalleryImageId: '',
      ...seed.image,
    },
    osDisk: {
      caching: 'ReadWrite',
      createOption: 'FromImage',
      diffDiskSettings: { option: '' },
      diskSizeGB: '30',
      encryptionSettings: {
        diskEncryptionKey: { ...noVault, secretUrl: '' },
        enabled: 'false',
        keyEncryptionKey: { ...noVault, keyUrl: '' },
      },
      image: { uri: '' },
      managedDisk: disk(`${seed.name}_OsDisk_1`),
      name: `${seed.name}_OsDisk_1`,
      osType: 'Linux',
      vhd: { uri: '' },
      writeAcceleratorEnabled: 'false',
    },
    resourceDisk: { size: '4194304' },
  }
}

function resourceId({ subscriptionId, resourceGroupName }: AzureSeed, what: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.Compute/${what}`
}

function networkInterface(each: AzureSeed['interfaces'][number]): Document {
  return {
    ipv4: {
      ipAddress: [{ privateIpAddress: each.privateIpAddress, publicIpAddress: each.publicIpAddress }],
      subnet: [{ address: each.subnet, prefix: each.prefix }],
    },
    ipv6: { ipAddress: [] },
    macAddress: each.mac,
  }
}
