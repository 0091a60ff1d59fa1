import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { messageOf, UsageError } from '../kernel/index.ts'
import { kinds } from './kinds/all.ts'
import type { BalancerKind, Claims } from './kinds/kind.ts'

export type KindName = keyof typeof kinds

export const kindNames: readonly KindName[] = Object.keys(kinds).filter((name): name is KindName => name in kinds)

/**
 * What a configuration says that it does, as expectations for it.
 *
 * @param file from `folder`
 * @throws UsageError when it cannot be read, or when nobody can read such claims in configurations of this kind
 */
export async function claimsOf(
  name: KindName,
  file: string,
  { folder, pool }: { readonly folder: string; readonly pool: string | undefined },
): Promise<Claims> {
  const kind: BalancerKind = kinds[name]
  try {
    const text = await readFile(resolve(folder, file), 'utf8')
    return kind.claims?.({ [kind.configFile]: text }, pool) ?? { pool, expect: {} }
  } catch (error) {
    throw new UsageError({ path: 'seatrial balancer', given: file, wanted: `a file to read: ${messageOf(error)}` })
  }
}
