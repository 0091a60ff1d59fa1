import { apache } from './apache.ts'
import { haproxy } from './haproxy.ts'
import type { kindIds } from './ids.ts'
import type { BalancerKind } from './kind.ts'
import { nginx } from './nginx.ts'

/** Every kind of balancer, by the word that a configuration has for it. */
export const kinds = { haproxy, nginx, apache } as const satisfies Readonly<
  Record<(typeof kindIds)[number], BalancerKind>
>
