import { endpointKind } from '../core/index.ts'
import { vocabulary } from './faults.ts'
import { imdsMachine } from './machine.ts'
import type { ImdsSeed } from './seed.ts'
import { standardSeed } from './standard-seed.ts'

/** Instance metadata of AWS (IMDSv1 and v2) and of Azure, on one address as both have it. */
export const kind = endpointKind<ImdsSeed>({
  id: 'imds',
  title: 'Instance metadata of AWS and Azure',
  origins: [/http:\/\/169\.254\.169\.254/, /http:\/\/\[fd00:ec2::254\]/],
  seed: async () => (await import('./seed.ts')).imdsSeed,
  standardSeed,
  vocabulary: () => vocabulary,
  create: imdsMachine,
})
