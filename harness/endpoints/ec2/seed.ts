import type { z } from 'zod'
import type { ec2Seed } from './seed-schema.ts'

/** The access key of AWS's own documentation: what works when the seed names no account. */
export const documentedAccount = {
  id: '123456789012',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}

export type Ec2Seed = z.infer<typeof ec2Seed>

/** What is there without a seed: the schema's own answer to an empty object, which a test holds it to. */
export const standardSeed: Ec2Seed = {
  accounts: [documentedAccount],
  defaultRegion: 'us-east-1',
  images: [],
  onlyTheseImages: false,
  quotas: {},
  consistency: { polls: 0 },
  durations: {},
  defaultVpc: true,
}

/** Whoever asks. */
export interface Account {
  /** 12 digits. */
  readonly id: string
  /** What is kept apart from others, and forgotten together: the account id, or an access key that nobody announced. */
  readonly namespace: string
}
