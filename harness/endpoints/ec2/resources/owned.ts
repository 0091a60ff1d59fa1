import { ec2Error } from '../errors.ts'
import type { Region } from '../store.ts'

/** Refuses to change what another account shows. @throws Ec2Error AuthFailure */
export function demandOwn<T extends { readonly id: string; readonly ownerId: string }>(
  item: T,
  kind: string,
  { accountId }: Region,
): T {
  if (item.ownerId !== accountId) throw ec2Error('AuthFailure', `Not authorized for ${kind}:${item.id}`)
  return item
}
