import { haproxy } from './haproxy.ts'
import type { BalancerKind } from './kind.ts'

/** Every kind of balancer, by the word that a configuration has for it. */
export const kinds = { haproxy } as const satisfies Readonly<Record<string, BalancerKind>>
