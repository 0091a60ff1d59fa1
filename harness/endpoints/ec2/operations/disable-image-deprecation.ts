import { copyOfImage, refusedImages } from '../examples/images.ts'
import { operation } from '../operation.ts'
import { ownImage } from '../own-image.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { images } from '../resources/image.ts'

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
    refusedImages.deregistered,
    refusedImages.ofAws,
    refusedImages.unknown,
    refusedImages.malformed,
  ],
})
