import { copyOfImage } from '../examples/images.ts'
import { operation } from '../operation.ts'
import { ownImage } from '../own-image.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { images } from '../resources/image.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetImageAttribute.html */
export const resetImageAttribute = operation({
  name: 'ResetImageAttribute',
  parameters: { ImageId: required(idOf(images, 'prefix')), Attribute: required(text({ oneOf: ['launchPermission'] })) },
  errors: ['InvalidAMIID.NotFound', 'InvalidAMIID.Malformed', 'InvalidAMIID.Unavailable', 'AuthFailure'],
  run({ ImageId }, { region }) {
    const image = ownImage(region, ImageId)
    image.launchPermissions.clear()
    return { return: true }
  },
  examples: [
    {
      title: 'so that only its owner may launch it',
      before: [
        copyOfImage,
        { action: 'ModifyImageAttribute', given: { ImageId: '$image.imageId', 'LaunchPermission.Add.1.Group': 'all' } },
      ],
      given: { ImageId: '$image.imageId', Attribute: 'launchPermission' },
      answers: { return: 'true' },
    },
    {
      title: 'of one that was deregistered',
      before: [copyOfImage, { action: 'DeregisterImage', given: { ImageId: '$image.imageId' } }],
      given: { ImageId: '$image.imageId', Attribute: 'launchPermission' },
      answers: 'InvalidAMIID.Unavailable',
    },
    {
      title: "of one of AWS's own",
      given: { ImageId: 'ami-0a1b2c3d4e5f60003', Attribute: 'launchPermission' },
      answers: 'AuthFailure',
    },
    {
      title: 'of an image that there is not',
      given: { ImageId: 'ami-0123456789abcdef0', Attribute: 'launchPermission' },
      answers: 'InvalidAMIID.NotFound',
    },
    {
      title: 'of what is no image',
      given: { ImageId: 'debian', Attribute: 'launchPermission' },
      answers: 'InvalidAMIID.Malformed',
    },
  ],
})
