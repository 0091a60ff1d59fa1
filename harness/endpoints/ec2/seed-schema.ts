import { z } from 'zod'
import { documentedAccount } from './seed.ts'

const account = z.strictObject({
  id: z
    .string()
    .regex(/^\d{12}$/, 'wanted 12 digits')
    .default('123456789012'),
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  sessionToken: z.string().min(1).optional().meta({ description: 'Wanted from whoever uses the key, as of a role' }),
})

const image = z.strictObject({
  id: z.string().regex(/^ami-[0-9a-f]{8}([0-9a-f]{9})?$/, 'wanted ami- and 8 or 17 hex digits'),
  name: z.string().min(1).optional(),
  description: z.string().optional(),
  owner: z.string().default('amazon').meta({ description: 'amazon, or 12 digits' }),
  public: z.boolean().default(true),
  architecture: z.enum(['i386', 'x86_64', 'arm64', 'x86_64_mac', 'arm64_mac']).default('x86_64'),
  platform: z.enum(['windows']).optional(),
  virtualization: z.enum(['hvm', 'paravirtual']).default('hvm'),
  rootDevice: z.string().default('/dev/xvda'),
  rootSizeGiB: z.int().min(1).default(8),
  createdAt: z.iso.datetime().default('2025-01-01T00:00:00Z'),
  /** In every region when left out. */
  regions: z.array(z.string()).optional(),
  tags: z.record(z.string(), z.string()).default({}),
})

/**
 * What `--seed` may hold for EC2; an empty object gives AWS's own regions and a few images. Loaded only when there is a
 * seed: reading schemas is half of a start.
 */
export const ec2Seed = z.strictObject({
  accounts: z.array(account).default([documentedAccount]),
  defaultRegion: z.string().default('us-east-1').meta({ description: 'Of requests that name none' }),
  /** Region to its zones: `{ 'eu-west-1': ['eu-west-1a', 'eu-west-1b'] }`; AWS's own when left out. */
  regions: z.record(z.string(), z.array(z.string().min(1)).min(1)).optional(),
  images: z.array(image).default([]),
  /** Without the images that are there otherwise. */
  onlyTheseImages: z.boolean().default(false),
  quotas: z.record(z.string(), z.int().min(0)).default({}),
  consistency: z
    .strictObject({ polls: z.int().min(0).default(0) })
    .prefault({})
    .meta({ description: 'A new id answers NotFound to so many looks' }),
  /** Milliseconds of real or manual time that things take. */
  durations: z.record(z.string(), z.int().min(0)).default({}),
  defaultVpc: z.boolean().default(true),
})

export type SeedImage = z.infer<typeof image>
