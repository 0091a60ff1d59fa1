import type { Example, Step } from '../operation.ts'
import { nobody } from './nobody.ts'

/** An image of the account's own, pending, kept as `image`. */
export const copyOfImage: Step = {
  action: 'CopyImage',
  given: { SourceRegion: 'us-east-1', SourceImageId: 'ami-0a1b2c3d4e5f60003', Name: 'ours' },
  as: 'image',
}

/** What every operation refuses that changes an image and needs nothing but its id. */
export const refusedImages = {
  deregistered: {
    title: 'of one that was deregistered',
    before: [copyOfImage, { action: 'DeregisterImage', given: { ImageId: '$image.imageId' } }],
    given: { ImageId: '$image.imageId' },
    answers: 'InvalidAMIID.Unavailable',
  },
  ofAws: { title: "of one of AWS's own", given: { ImageId: 'ami-0a1b2c3d4e5f60003' }, answers: 'AuthFailure' },
  unknown: {
    title: 'of an image that there is not',
    given: { ImageId: nobody.image },
    answers: 'InvalidAMIID.NotFound',
  },
  malformed: { title: 'of what is no image', given: { ImageId: 'debian' }, answers: 'InvalidAMIID.Malformed' },
} as const satisfies Readonly<Record<string, Example>>
