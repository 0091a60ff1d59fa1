import { resourceKind } from '../store.ts'

export interface Address {
  /** `eipalloc-...` */
  readonly id: string
  readonly publicIp: string
  readonly domain: 'vpc' | 'standard'
  association: { readonly associationId: string; readonly interfaceId: string; readonly privateIp: string } | undefined
}

export const addresses = resourceKind<Address>({
  name: 'elastic-ip',
  prefix: 'eipalloc',
  notFound: 'InvalidAllocationID.NotFound',
})
