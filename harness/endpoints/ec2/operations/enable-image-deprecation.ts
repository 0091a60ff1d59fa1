import { ec2Error } from '../errors.ts'
import { copyOfImage } from '../examples/images.ts'
import { operation } from '../operation.ts'
import { ownImage } from '../own-image.ts'
import { date, required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { images } from '../resources/image.ts'

const tenYears = 10 * 366 * 86_400_000

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageDeprecation.html */
export const enableImageDeprecation = operation({
  name: 'EnableImageDeprecation',
  parameters: { ImageId: required(idOf(images)), DeprecateAt: required(date()) },
  errors: ['InvalidAMIID.NotFound', 'InvalidAMIID.Malformed', 'InvalidAMIID.Unavailable', 'AuthFailure'],
  run({ ImageId, DeprecateAt }, { region }) {
    const image = ownImage(region, ImageId)
    const [now, minute] = [region.now().getTime(), 60_000]
    // The service rounds to the minute.
    const at = Math.round(DeprecateAt.getTime() / minute) * minute
    if (at <= now || at > now + tenYears) {
      throw ec2Error('InvalidParameterValue', 'DeprecateAt must be a time in the future, at most ten years from now.')
    }
    image.deprecationTime = new Date(at)
    return { return: true }
  },
  examples: [
    {
      title: 'at a time to come',
      before: [copyOfImage],
      given: { ImageId: '$image.imageId', DeprecateAt: '2027-01-01T00:00:00Z' },
      answers: { return: 'true' },
    },
    {
      title: 'at a time that is over',
      before: [copyOfImage],
      given: { ImageId: '$image.imageId', DeprecateAt: '2020-01-01T00:00:00Z' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'of one that was deregistered',
      before: [copyOfImage, { action: 'DeregisterImage', given: { ImageId: '$image.imageId' } }],
      given: { ImageId: '$image.imageId', DeprecateAt: '2027-01-01T00:00:00Z' },
      answers: 'InvalidAMIID.Unavailable',
    },
    {
      title: "of one of AWS's own",
      given: { ImageId: 'ami-0a1b2c3d4e5f60003', DeprecateAt: '2027-01-01T00:00:00Z' },
      answers: 'AuthFailure',
    },
    {
      title: 'of an image that there is not',
      given: { ImageId: 'ami-0123456789abcdef0', DeprecateAt: '2027-01-01T00:00:00Z' },
      answers: 'InvalidAMIID.NotFound',
    },
    {
      title: 'of what is no image',
      given: { ImageId: 'debian', DeprecateAt: '2027-01-01T00:00:00Z' },
      answers: 'InvalidAMIID.Malformed',
    },
  ],
})
