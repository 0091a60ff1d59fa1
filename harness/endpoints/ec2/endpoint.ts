import { endpointKind } from '../core/index.ts'
import { effects } from './effects.ts'
import { ec2Errors } from './errors.ts'
import { actions } from './actions.ts'
import { Ec2Machine } from './machine.ts'
import type { Ec2Seed } from './seed.ts'
import { standardSeed } from './seed.ts'

/**
 * The EC2 Query API.
 *
 *     form or query --> signature --> account, region --> operation (operations/) --> XML
 *                                                            |
 *                                        region.of(kind)  (resources/, store.ts)
 */
export const kind = endpointKind<Ec2Seed>({
  id: 'ec2',
  title: 'Amazon EC2, Query API of 2016-11-15',
  origins: [
    /https?:\/\/ec2(?:\.[a-z0-9-]+)?\.(?:amazonaws\.com(?:\.cn)?|api\.aws)/,
    /https?:\/\/[a-z0-9-]+\.ec2\.amazonaws\.com/,
  ],
  seed: async () => (await import('./seed-schema.ts')).ec2Seed,
  standardSeed,
  vocabulary: () => ({ operations: actions, faults: [...Object.keys(effects), ...Object.keys(ec2Errors)] }),
  create: (parts) => new Ec2Machine(parts),
})
