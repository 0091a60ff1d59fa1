import { copyOfImage, refusedImages } from '../examples/images.ts'
import { operation } from '../operation.ts'
import { ownImage } from '../own-image.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { images } from '../resources/image.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImage.html */
export const enableImage = operation({
  name: 'EnableImage',
  parameters: { ImageId: required(idOf(images)) },
  errors: ['InvalidAMIID.NotFound', 'InvalidAMIID.Malformed', 'InvalidAMIID.Unavailable', 'AuthFailure'],
  run({ ImageId }, { region }) {
    const image = ownImage(region, ImageId)
    image.disabled = false
    return { return: true }
  },
  examples: [
    {
      title: 'after it was disabled',
      before: [copyOfImage, { advanceMs: 600_000 }, { action: 'DisableImage', given: { ImageId: '$image.imageId' } }],
      given: { ImageId: '$image.imageId' },
      answers: { return: 'true' },
    },
    refusedImages.deregistered,
    refusedImages.ofAws,
    refusedImages.unknown,
    refusedImages.malformed,
  ],
})
