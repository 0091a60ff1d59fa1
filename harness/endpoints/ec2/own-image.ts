import { ec2Error } from './errors.ts'
import type { Image } from './resources/image.ts'
import { images } from './resources/image.ts'
import { demandOwn } from './resources/owned.ts'
import type { Region } from './store.ts'

/**
 * An image of the account's own, to change it.
 *
 * @throws Ec2Error InvalidAMIID.NotFound, AuthFailure, and InvalidAMIID.Unavailable for one that was deregistered
 */
export function ownImage(region: Region, id: string): Image {
  const image = demandOwn(region.of(images).demand(id), 'image', region)
  if (image.deregistered) throw ec2Error('InvalidAMIID.Unavailable', image.id)
  return image
}
