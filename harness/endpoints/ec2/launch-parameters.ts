import type { Ec2ErrorCode } from './errors.ts'
import type { Values } from './parameters.ts'
import { base64, boolean, integer, list, required, structure, text } from './parameters.ts'
import { idOf } from './resource.ts'
import { images } from './resources/image.ts'
import { networkInterfaces } from './resources/network-interface.ts'
import { securityGroups } from './resources/security-group.ts'
import { snapshots } from './resources/snapshot.ts'
import { subnets } from './resources/subnet.ts'
import { tagSpecifications } from './tagging.ts'

const ebs = structure({
  VolumeSize: integer({ min: 1 }),
  VolumeType: text(),
  SnapshotId: idOf(snapshots),
  DeleteOnTermination: boolean(),
  Encrypted: boolean(),
  Iops: integer(),
  Throughput: integer(),
  KmsKeyId: text(),
  OutpostArn: text(),
  AvailabilityZone: text(),
  AvailabilityZoneId: text(),
  VolumeInitializationRate: integer(),
  EbsCardIndex: integer(),
})

const ipv6Addresses = list(structure({ Ipv6Address: text(), IsPrimaryIpv6: boolean() }))

/** Parameters of RunInstances, and of whatever else describes a launch. */
export const launchParameters = {
  ImageId: idOf(images),
  MinCount: required(integer({ min: 1 })),
  MaxCount: required(integer({ min: 1 })),
  InstanceType: text({ pattern: /^[a-z0-9-]+\.[a-z0-9-]+$/ }),
  KeyName: text(),
  SecurityGroup: list(text()),
  SecurityGroupId: list(idOf(securityGroups, 'prefix')),
  SubnetId: idOf(subnets),
  PrivateIpAddress: text(),
  UserData: base64({ max: 16_384 }),
  Placement: structure({
    AvailabilityZone: text(),
    AvailabilityZoneId: text(),
    Tenancy: text({ oneOf: ['default', 'dedicated', 'host'] }),
    GroupName: text(),
    GroupId: text(),
    HostId: text(),
    Affinity: text(),
    PartitionNumber: integer(),
    SpreadDomain: text(),
    HostResourceGroupArn: text(),
  }),
  BlockDeviceMapping: list(structure({ DeviceName: text(), VirtualName: text(), NoDevice: text(), Ebs: ebs })),
  NetworkInterface: list(
    structure({
      NetworkInterfaceId: idOf(networkInterfaces),
      DeviceIndex: integer({ min: 0 }),
      SubnetId: idOf(subnets),
      Description: text(),
      PrivateIpAddress: text(),
      PrivateIpAddresses: list(structure({ Primary: boolean(), PrivateIpAddress: text() })),
      SecondaryPrivateIpAddressCount: integer({ min: 0 }),
      SecurityGroupId: list(idOf(securityGroups, 'prefix')),
      DeleteOnTermination: boolean(),
      AssociatePublicIpAddress: boolean(),
      AssociateCarrierIpAddress: boolean(),
      InterfaceType: text(),
      NetworkCardIndex: integer(),
      Ipv6AddressCount: integer(),
      Ipv6Addresses: ipv6Addresses,
      Ipv4Prefix: list(structure({ Ipv4Prefix: text() })),
      Ipv4PrefixCount: integer(),
      Ipv6Prefix: list(structure({ Ipv6Prefix: text() })),
      Ipv6PrefixCount: integer(),
      PrimaryIpv6: boolean(),
      EnaSrdSpecification: structure({
        EnaSrdEnabled: boolean(),
        EnaSrdUdpSpecification: structure({ EnaSrdUdpEnabled: boolean() }),
      }),
      ConnectionTrackingSpecification: structure({
        TcpEstablishedTimeout: integer(),
        UdpStreamTimeout: integer(),
        UdpTimeout: integer(),
      }),
      EnaQueueCount: integer(),
    }),
  ),
  Monitoring: structure({ Enabled: boolean() }),
  EbsOptimized: boolean(),
  DisableApiTermination: boolean(),
  DisableApiStop: boolean(),
  InstanceInitiatedShutdownBehavior: text({ oneOf: ['stop', 'terminate'] }),
  IamInstanceProfile: structure({ Arn: text(), Name: text() }),
  KernelId: text(),
  RamdiskId: text(),
  ClientToken: text({ max: 64 }),
  AdditionalInfo: text(),
  CreditSpecification: structure({ CpuCredits: text() }),
  CpuOptions: structure({
    CoreCount: integer(),
    ThreadsPerCore: integer(),
    AmdSevSnp: text(),
    NestedVirtualization: text(),
  }),
  HibernationOptions: structure({ Configured: boolean() }),
  EnclaveOptions: structure({ Enabled: boolean() }),
  InstanceMarketOptions: structure({
    MarketType: text({ oneOf: ['spot', 'capacity-block'] }),
    SpotOptions: structure({
      MaxPrice: text(),
      SpotInstanceType: text(),
      BlockDurationMinutes: integer(),
      ValidUntil: text(),
      InstanceInterruptionBehavior: text(),
    }),
  }),
  MetadataOptions: structure({
    HttpTokens: text({ oneOf: ['optional', 'required'] }),
    HttpEndpoint: text({ oneOf: ['enabled', 'disabled'] }),
    HttpPutResponseHopLimit: integer({ min: 1, max: 64 }),
    HttpProtocolIpv6: text({ oneOf: ['enabled', 'disabled'] }),
    InstanceMetadataTags: text({ oneOf: ['enabled', 'disabled'] }),
  }),
  PrivateDnsNameOptions: structure({
    HostnameType: text(),
    EnableResourceNameDnsARecord: boolean(),
    EnableResourceNameDnsAAAARecord: boolean(),
  }),
  MaintenanceOptions: structure({ AutoRecovery: text() }),
  LaunchTemplate: structure({ LaunchTemplateId: text(), LaunchTemplateName: text(), Version: text() }),
  Ipv6AddressCount: integer(),
  Ipv6Address: ipv6Addresses,
  EnablePrimaryIpv6: boolean(),
  ElasticGpuSpecification: list(structure({ Type: text() })),
  ElasticInferenceAccelerator: list(structure({ Type: text(), Count: integer() })),
  CapacityReservationSpecification: structure({
    CapacityReservationPreference: text(),
    CapacityReservationTarget: structure({
      CapacityReservationId: text(),
      CapacityReservationResourceGroupArn: text(),
    }),
  }),
  LicenseSpecification: list(structure({ LicenseConfigurationArn: text() })),
  NetworkPerformanceOptions: structure({ BandwidthWeighting: text() }),
  Operator: structure({ Principal: text() }),
  SecondaryInterface: list(
    structure({
      DeleteOnTermination: boolean(),
      DeviceIndex: integer(),
      PrivateIpAddress: list(structure({ PrivateIpAddress: text() })),
      PrivateIpAddressCount: integer(),
      SecondarySubnetId: text(),
      InterfaceType: text(),
      NetworkCardIndex: integer(),
    }),
  ),
  TagSpecification: tagSpecifications,
} as const
export type Launch = Values<typeof launchParameters>

/** Every error that a launch can give. */
export const launchErrors = [
  'InvalidAMIID.NotFound',
  'InvalidAMIID.Malformed',
  'InvalidAMIID.Unavailable',
  'InvalidKeyPair.NotFound',
  'InvalidGroup.NotFound',
  'InvalidGroupId.Malformed',
  'InvalidSubnetID.NotFound',
  'InvalidNetworkInterfaceID.NotFound',
  'InvalidNetworkInterfaceId.Malformed',
  'InvalidNetworkInterface.InUse',
  'InvalidBlockDeviceMapping',
  'InvalidRequest',
  'InvalidSnapshot.NotFound',
  'InvalidSnapshotID.Malformed',
  'InvalidLaunchTemplateId.NotFound',
  'InvalidLaunchTemplateName.NotFoundException',
  'InvalidParameterValue',
  'InvalidParameterCombination',
  'InvalidIPAddress.InUse',
  'InsufficientFreeAddressesInSubnet',
  'InstanceLimitExceeded',
  'VcpuLimitExceeded',
  'VPCIdNotSpecified',
  'UnknownVolumeType',
] as const satisfies readonly Ec2ErrorCode[]
