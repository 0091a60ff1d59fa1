import { ec2Error } from '../errors.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import type { Image } from '../resources/image.ts'
import { images } from '../resources/image.ts'
import { permissionView, productCodeView } from '../resources/image-view.ts'
import { demandOwn } from '../resources/owned.ts'
import type { Xml } from '../wire/xml.ts'

/** A value that is not there is an empty element. */
const value = (given: string | undefined): Xml => (given === undefined ? {} : { value: given })

const attributes: Readonly<Record<string, (image: Image) => Readonly<Record<string, Xml>>>> = {
  description: ({ description }) => ({ description: value(description) }),
  kernel: ({ kernelId }) => ({ kernel: value(kernelId) }),
  ramdisk: ({ ramdiskId }) => ({ ramdisk: value(ramdiskId) }),
  launchPermission: ({ launchPermissions }) => ({ launchPermission: [...launchPermissions].map(permissionView) }),
  productCodes: ({ productCodes }) => ({ productCodes: productCodes.map(productCodeView) }),
  blockDeviceMapping() {
    // "The blockDeviceMapping attribute is deprecated. Using this attribute returns the Client.AuthFailure error."
    throw ec2Error('AuthFailure', 'Unauthorized attempt to access restricted resource')
  },
  sriovNetSupport: ({ sriovNetSupport }) => ({ sriovNetSupport: value(sriovNetSupport) }),
  bootMode: ({ bootMode }) => ({ bootMode: value(bootMode) }),
  tpmSupport: ({ tpmSupport }) => ({ tpmSupport: value(tpmSupport) }),
  uefiData: ({ uefiData }) => ({ uefiData: value(uefiData) }),
  lastLaunchedTime: () => ({ lastLaunchedTime: {} }),
  imdsSupport: ({ imdsSupport }) => ({ imdsSupport: value(imdsSupport) }),
  deregistrationProtection: () => ({ deregistrationProtection: value('disabled') }),
}
const known = 'ami-0a1b2c3d4e5f60003'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageAttribute.html */
export const describeImageAttribute = operation({
  name: 'DescribeImageAttribute',
  parameters: { ImageId: required(idOf(images, 'prefix')), Attribute: required(text()) },
  errors: ['InvalidAMIID.NotFound', 'InvalidAMIID.Malformed', 'AuthFailure', 'InvalidRequest'],
  looks: true,
  run({ ImageId, Attribute }, { region }) {
    const image = region.of(images).demand(ImageId)
    const attribute = Object.hasOwn(attributes, Attribute) ? attributes[Attribute] : undefined
    if (attribute === undefined) throw ec2Error('InvalidRequest')
    if (Attribute === 'launchPermission') demandOwn(image, 'image', region)
    return { imageId: image.id, ...attribute(image) }
  },
  examples: [
    {
      title: 'its description',
      before: [
        {
          action: 'CopyImage',
          given: { SourceRegion: 'us-east-1', SourceImageId: known, Name: 'ours', Description: 'of ours' },
          as: 'image',
        },
      ],
      given: { ImageId: '$image.imageId', Attribute: 'description' },
      answers: { imageId: '$image.imageId', 'description.value': 'of ours' },
    },
    {
      title: 'who may launch it',
      before: [
        {
          action: 'CopyImage',
          given: { SourceRegion: 'us-east-1', SourceImageId: known, Name: 'ours' },
          as: 'image',
        },
        {
          action: 'ModifyImageAttribute',
          given: {
            ImageId: '$image.imageId',
            'LaunchPermission.Add.1.UserId': '111122223333',
            'LaunchPermission.Add.2.Group': 'all',
          },
        },
      ],
      given: { ImageId: '$image.imageId', Attribute: 'launchPermission' },
      answers: { 'launchPermission.0.userId': '111122223333', 'launchPermission.1.group': 'all' },
    },
    {
      title: 'what it has none of',
      given: { ImageId: known, Attribute: 'kernel' },
      answers: { kernel: '' },
    },
    {
      title: 'its devices, which DescribeImages shows instead',
      given: { ImageId: known, Attribute: 'blockDeviceMapping' },
      answers: 'AuthFailure',
    },
    {
      title: 'an attribute that there is not',
      given: { ImageId: known, Attribute: 'size' },
      answers: 'InvalidRequest',
    },
    {
      title: 'of an image that there is not',
      given: { ImageId: 'ami-0123456789abcdef0', Attribute: 'description' },
      answers: 'InvalidAMIID.NotFound',
    },
    {
      title: 'of what is no image',
      given: { ImageId: 'debian', Attribute: 'description' },
      answers: 'InvalidAMIID.Malformed',
    },
  ],
})
