import { copyOfImage, refusedImages } from '../examples/images.ts'
import { operation } from '../operation.ts'
import { ownImage } from '../own-image.ts'
import { required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { images } from '../resources/image.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImage.html */
export const disableImage = operation({
  name: 'DisableImage',
  parameters: { ImageId: required(idOf(images)) },
  errors: ['InvalidAMIID.NotFound', 'InvalidAMIID.Malformed', 'InvalidAMIID.Unavailable', 'AuthFailure'],
  run({ ImageId }, { region }) {
    const image = ownImage(region, ImageId)
    // Nobody else may launch it any more, not even after it is enabled again.
    image.disabled = true
    image.launchPermissions.clear()
    return { return: true }
  },
  examples: [
    {
      title: 'so that it cannot be launched',
      before: [copyOfImage, { advanceMs: 600_000 }],
      given: { ImageId: '$image.imageId' },
      answers: { return: 'true' },
    },
    refusedImages.deregistered,
    refusedImages.ofAws,
    refusedImages.unknown,
    refusedImages.malformed,
  ],
})
