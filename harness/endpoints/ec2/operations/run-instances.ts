import { launch } from '../launch.ts'
import { launchErrors, launchParameters } from '../launch-parameters.ts'
import { operation } from '../operation.ts'
import { instanceView } from '../resources/instance-view.ts'
import { lookingAtMany } from '../resources/instance.ts'

const image = 'ami-0a1b2c3d4e5f60001'
const one = { ImageId: image, MinCount: '1', MaxCount: '1' }

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html */
export const runInstances = operation({
  name: 'RunInstances',
  parameters: launchParameters,
  errors: launchErrors,
  run(given, { region, effect }) {
    const { reservationId, launched } = launch(given, region, effect)
    return {
      reservationId,
      ownerId: region.accountId,
      groupSet: [],
      instancesSet: lookingAtMany(region, () => launched.map((each) => instanceView(each, region))),
    }
  },
  examples: [
    {
      title: 'one, in the default subnet, pending at first',
      given: { ...one, InstanceType: 't3.micro' },
      answers: {
        'instancesSet.0.instanceState.name': 'pending',
        'instancesSet.0.instanceState.code': '0',
        'instancesSet.0.instanceType': 't3.micro',
        'instancesSet.0.privateIpAddress': '172.31.0.4',
        'instancesSet.0.placement.availabilityZone': 'us-east-1a',
        'instancesSet.0.groupSet.0.groupName': 'default',
        'instancesSet.0.blockDeviceMapping.0.deviceName': '/dev/xvda',
      },
    },
    {
      title: 'in a zone, with tags on instance and volume, and as many as there is room for',
      given: {
        ImageId: image,
        MinCount: '1',
        MaxCount: '3',
        'Placement.AvailabilityZone': 'us-east-1b',
        'TagSpecification.1.ResourceType': 'instance',
        'TagSpecification.1.Tag.1.Key': 'Name',
        'TagSpecification.1.Tag.1.Value': 'web',
      },
      seed: { quotas: { instances: 2 } },
      answers: {
        'instancesSet.1.placement.availabilityZone': 'us-east-1b',
        'instancesSet.1.tagSet.0.value': 'web',
        'instancesSet.2.instanceId': undefined,
      },
    },
    {
      title: 'the same request again, with the same client token: the same instance',
      before: [{ action: 'RunInstances', given: { ...one, ClientToken: 'job-7' }, as: 'first' }],
      given: { ...one, ClientToken: 'job-7' },
      answers: { 'instancesSet.0.instanceId': '$first.instancesSet.0.instanceId' },
    },
    {
      title: 'another request with the same client token',
      before: [{ action: 'RunInstances', given: { ...one, ClientToken: 'job-7' } }],
      given: { ...one, InstanceType: 't3.large', ClientToken: 'job-7' },
      answers: 'IdempotentParameterMismatch',
    },
    { title: 'only to see whether it would work', given: { ...one, DryRun: 'true' }, answers: 'DryRunOperation' },
    { title: 'more at least than at most', given: { ...one, MinCount: '2' }, answers: 'InvalidParameterValue' },
    {
      title: 'of an image that there is not',
      given: { ...one, ImageId: 'ami-01234567' },
      answers: 'InvalidAMIID.NotFound',
    },
    { title: 'of what is no image', given: { ...one, ImageId: 'debian' }, answers: 'InvalidAMIID.Malformed' },
    { title: 'with a key that there is not', given: { ...one, KeyName: 'nobody' }, answers: 'InvalidKeyPair.NotFound' },
    {
      title: 'in a group that there is not',
      given: { ...one, 'SecurityGroupId.1': 'sg-01234567' },
      answers: 'InvalidGroup.NotFound',
    },
    {
      title: 'in what is no group',
      given: { ...one, 'SecurityGroupId.1': 'web' },
      answers: 'InvalidGroupId.Malformed',
    },
    {
      title: 'in a subnet that there is not',
      given: { ...one, SubnetId: 'subnet-01234567' },
      answers: 'InvalidSubnetID.NotFound',
    },
    {
      title: 'with an interface that there is not',
      given: { ...one, 'NetworkInterface.1.NetworkInterfaceId': 'eni-01234567', 'NetworkInterface.1.DeviceIndex': '0' },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    {
      title: 'with what is no interface',
      given: { ...one, 'NetworkInterface.1.NetworkInterfaceId': 'eth0', 'NetworkInterface.1.DeviceIndex': '0' },
      answers: 'InvalidNetworkInterfaceId.Malformed',
    },
    {
      title: 'with an interface and a subnet of its own',
      given: { ...one, SubnetId: 'subnet-01234567', 'NetworkInterface.1.DeviceIndex': '0' },
      answers: 'InvalidParameterCombination',
    },
    {
      title: 'with an interface that another one has',
      before: [{ action: 'RunInstances', given: one, as: 'first' }],
      given: {
        ...one,
        'NetworkInterface.1.NetworkInterfaceId': '$first.instancesSet.0.networkInterfaceSet.0.networkInterfaceId',
        'NetworkInterface.1.DeviceIndex': '0',
      },
      answers: 'InvalidNetworkInterface.InUse',
    },
    {
      title: 'more than the subnet has addresses',
      given: { ...one, MinCount: '4092', MaxCount: '4092' },
      answers: 'InsufficientFreeAddressesInSubnet',
    },
    {
      title: 'of an image that is still being made',
      before: [
        { action: 'RunInstances', given: one, as: 'first' },
        { advanceMs: 60_000 },
        {
          action: 'CreateImage',
          given: { InstanceId: '$first.instancesSet.0.instanceId', Name: 'copy' },
          as: 'copy',
        },
      ],
      given: { ...one, ImageId: '$copy.imageId' },
      answers: 'InvalidAMIID.Unavailable',
    },
    {
      title: 'without an image',
      given: { MinCount: '1', MaxCount: '1' },
      answers: 'MissingParameter',
    },
    {
      title: 'of a template that there is not',
      given: { ...one, 'LaunchTemplate.LaunchTemplateId': 'lt-0123456789abcdef0' },
      answers: 'InvalidLaunchTemplateId.NotFound',
    },
    {
      title: 'of a template by a name that there is not',
      given: { ...one, 'LaunchTemplate.LaunchTemplateName': 'web' },
      answers: 'InvalidLaunchTemplateName.NotFoundException',
    },
    {
      title: 'with a root volume that is smaller than the image',
      given: { ...one, 'BlockDeviceMapping.1.DeviceName': '/dev/xvda', 'BlockDeviceMapping.1.Ebs.VolumeSize': '4' },
      answers: 'InvalidBlockDeviceMapping',
    },
    {
      title: 'with a volume of no size',
      given: {
        ...one,
        'BlockDeviceMapping.1.DeviceName': '/dev/sdh',
        'BlockDeviceMapping.1.Ebs.VolumeType': 'gp3',
      },
      answers: 'MissingParameter',
    },
    {
      title: 'with a snapshot that there is not',
      given: {
        ...one,
        'BlockDeviceMapping.1.DeviceName': '/dev/sdh',
        'BlockDeviceMapping.1.Ebs.SnapshotId': 'snap-0123456789abcdef0',
      },
      answers: 'InvalidSnapshot.NotFound',
    },
    {
      title: 'with what is no snapshot',
      given: {
        ...one,
        'BlockDeviceMapping.1.DeviceName': '/dev/sdh',
        'BlockDeviceMapping.1.Ebs.SnapshotId': 'backup',
      },
      answers: 'InvalidSnapshotID.Malformed',
    },
    {
      title: 'without a device, said in a wrong way',
      given: { ...one, 'BlockDeviceMapping.1.DeviceName': '/dev/sdh', 'BlockDeviceMapping.1.NoDevice': 'yes' },
      answers: 'InvalidRequest',
    },
    {
      title: 'that fails to start, by the fault plan',
      faults: [{ operation: 'RunInstances', fault: 'instance-terminates' }],
      given: one,
      answers: {
        'instancesSet.0.instanceState.name': 'pending',
        'instancesSet.0.stateReason.code': 'Server.InternalError',
      },
    },
    {
      title: 'more than the quota leaves',
      seed: { quotas: { instances: 0 } },
      given: one,
      answers: 'InstanceLimitExceeded',
    },
    {
      title: 'more vCPUs than the quota leaves',
      seed: { quotas: { vcpus: 5 } },
      before: [{ action: 'RunInstances', given: { ...one, InstanceType: 'm5.xlarge' } }],
      given: { ...one, InstanceType: 't3.micro' },
      answers: 'VcpuLimitExceeded',
    },
    {
      title: 'of a type for another architecture',
      given: { ...one, InstanceType: 't4g.micro' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'where there is no default network',
      seed: { defaultVpc: false },
      given: one,
      answers: 'VPCIdNotSpecified',
    },
    {
      title: 'with a volume of a type that there is not',
      given: {
        ...one,
        'BlockDeviceMapping.1.DeviceName': '/dev/sdh',
        'BlockDeviceMapping.1.Ebs.VolumeSize': '8',
        'BlockDeviceMapping.1.Ebs.VolumeType': 'gp9',
      },
      answers: 'UnknownVolumeType',
    },
    {
      title: 'with an address that is taken',
      before: [{ action: 'RunInstances', given: { ...one, PrivateIpAddress: '172.31.0.9' } }],
      given: { ...one, PrivateIpAddress: '172.31.0.9' },
      answers: 'InvalidIPAddress.InUse',
    },
    {
      title: 'when the zone has no capacity, by the fault plan',
      faults: [{ operation: 'RunInstances', fault: 'InsufficientInstanceCapacity' }],
      given: one,
      answers: 'InsufficientInstanceCapacity',
    },
  ],
})
