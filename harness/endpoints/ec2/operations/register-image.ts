import { takeOne } from '../examples/storage.ts'
import { addImage, checkImageName, deviceOf, imageDevices } from '../make-image.ts'
import { operation } from '../operation.ts'
import { boolean, list, required, text } from '../parameters.ts'
import { images } from '../resources/image.ts'
import { checkSpecifications, tagAsSpecified, tagSpecifications } from '../tagging.ts'

const before = [...takeOne, { advanceMs: 60_000 }]
const root = { Name: 'own', RootDeviceName: '/dev/xvda', 'BlockDeviceMapping.1.DeviceName': '/dev/xvda' }
const given = { ...root, 'BlockDeviceMapping.1.Ebs.SnapshotId': '$snapshot.snapshotId' }

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html */
export const registerImage = operation({
  name: 'RegisterImage',
  parameters: {
    Name: required(text()),
    Description: text({ max: 255 }),
    ImageLocation: text(),
    Architecture: text({ oneOf: ['i386', 'x86_64', 'arm64', 'x86_64_mac', 'arm64_mac'] }),
    VirtualizationType: text({ oneOf: ['hvm', 'paravirtual'] }),
    RootDeviceName: text(),
    BlockDeviceMapping: imageDevices,
    KernelId: text(),
    RamdiskId: text(),
    SriovNetSupport: text(),
    EnaSupport: boolean(),
    BootMode: text({ oneOf: ['legacy-bios', 'uefi', 'uefi-preferred'] }),
    TpmSupport: text({ oneOf: ['v2.0'] }),
    ImdsSupport: text({ oneOf: ['v2.0'] }),
    UefiData: text({ max: 64_000 }),
    BillingProduct: list(text()),
    TagSpecification: tagSpecifications,
  },
  errors: [
    'InvalidAMIName.Malformed',
    'InvalidAMIName.Duplicate',
    'InvalidSnapshot.NotFound',
    'InvalidSnapshotID.Malformed',
    'InvalidParameterValue',
    'UnknownVolumeType',
  ],
  run(asked, { region }) {
    checkSpecifications(asked.TagSpecification, ['image'])
    checkImageName(asked.Name, region)
    const devices = asked.BlockDeviceMapping.map((mapping) => deviceOf(mapping, undefined, region))
    const image = addImage(
      region,
      {
        id: region.of(images).newId(),
        name: asked.Name,
        description: asked.Description ?? '',
        location: asked.ImageLocation ?? `${region.accountId}/${asked.Name}`,
        architecture: asked.Architecture ?? 'i386',
        virtualization: asked.VirtualizationType ?? 'paravirtual',
        rootDevice: asked.RootDeviceName ?? '/dev/sda1',
        rootDeviceType: asked.ImageLocation === undefined ? 'ebs' : 'instance-store',
        devices,
        enaSupport: asked.EnaSupport ?? false,
        sriovNetSupport: asked.SriovNetSupport,
        bootMode: asked.BootMode,
        tpmSupport: asked.TpmSupport,
        imdsSupport: asked.ImdsSupport,
        uefiData: asked.UefiData,
        kernelId: asked.KernelId,
        ramdiskId: asked.RamdiskId,
        productCodes: asked.BillingProduct,
      },
      { effect: undefined, durationMs: 5_000 },
    )
    tagAsSpecified(region, images, image.id, asked.TagSpecification)
    return { imageId: image.id }
  },
  examples: [
    {
      title: 'of a snapshot, as its root device',
      before: [
        ...before,
        { action: 'RegisterImage', given: { ...given, Name: 'the first' }, as: 'first' },
        { action: 'DescribeImages', given: { 'ImageId.1': '$first.imageId' } },
      ],
      given,
      answers: { 'imageId.0': undefined },
    },
    { title: 'with a name that is none', given: { Name: 'a!' }, answers: 'InvalidAMIName.Malformed' },
    {
      title: 'with a name that another has',
      before: [{ action: 'RegisterImage', given: { Name: 'own' } }],
      given: { Name: 'own' },
      answers: 'InvalidAMIName.Duplicate',
    },
    {
      title: 'of a snapshot that there is not',
      given: { ...root, 'BlockDeviceMapping.1.Ebs.SnapshotId': 'snap-0123456789abcdef0' },
      answers: 'InvalidSnapshot.NotFound',
    },
    {
      title: 'of what is no snapshot',
      given: { ...root, 'BlockDeviceMapping.1.Ebs.SnapshotId': 'nightly' },
      answers: 'InvalidSnapshotID.Malformed',
    },
    {
      title: 'smaller than its snapshot',
      before,
      given: { ...given, 'BlockDeviceMapping.1.Ebs.VolumeSize': '4' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'on volumes of a type that there is not',
      given: { ...root, 'BlockDeviceMapping.1.Ebs.VolumeType': 'gp9' },
      answers: 'UnknownVolumeType',
    },
  ],
})
