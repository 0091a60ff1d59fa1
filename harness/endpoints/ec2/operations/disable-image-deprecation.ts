import { operation } from '../operation.ts'
import { ownImage } from '../own-image.ts'
import { required } from '../parameters.ts'
import { images } from '../resources/image.ts'
import { copyOfImage } from '../steps.ts'
import { idOf } from '../store.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImageDeprecation.html */
export const disableImageDeprecation = operation({
  name: 'DisableImageDeprecation',
  parameters: { ImageId: required(idOf(images)) },
  errors: ['InvalidAMIID.NotFound', 'InvalidAMIID.Malformed', 'InvalidAMIID.Unavailable', 'AuthFailure'],
  run({ ImageId }, { region }) {
    const image = ownImage(region, ImageId)
    image.deprecationTime = undefined
    return { return: true }
  },
  examples: [
    {
      title: 'after it was enabled',
      before: [
        copyOfImage,
        {
          action: 'EnableImageDeprecation',
          given: { ImageId: '$image.imageId', DeprecateAt: '2027-01-01T00:00:00Z' },
        },
      ],
      given: { ImageId: '$image.imageId' },
      answers: { return: 'true' },
    },
    {
      title: 'of one that was deregistered',
      before: [copyOfImage, { action: 'DeregisterImage', given: { ImageId: '$image.imageId' } }],
      given: { ImageId: '$image.imageId' },
      answers: 'InvalidAMIID.Unavailable',
    },
    { title: "of one of AWS's own", given: { ImageId: 'ami-0a1b2c3d4e5f60003' }, answers: 'AuthFailure' },
    {
      title: 'of an image that there is not',
      given: { ImageId: 'ami-0123456789abcdef0' },
      answers: 'InvalidAMIID.NotFound',
    },
    { title: 'of what is no image', given: { ImageId: 'debian' }, answers: 'InvalidAMIID.Malformed' },
  ],
})
