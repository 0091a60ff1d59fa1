import { z } from 'zod'

const target = z.strictObject({
  cache: z.string().min(1).meta({ description: 'Part of the stack that is the cache' }),
  port: z.int().min(1).max(65_535).optional().meta({ description: 'Port inside that part; its first when left out' }),
  origin: z.string().min(1).default('origin').meta({ description: 'Part that runs fixtures/caches/origin' }),
  controlPort: z
    .int()
    .min(1)
    .max(65_535)
    .default(3001)
    .meta({ description: 'Port of the origin that does not go through the cache' }),
  expect: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'File of known deviations, from the configuration file; only a difference from it fails' }),
})

/** The `caches` section of the configuration. */
export const cachesSection = z.strictObject({
  targets: z.array(target).min(1).meta({ description: 'Caches to try, one after the other' }),
  connections: z.int().min(1).max(256).default(16).meta({ description: 'Requests under way at once' }),
  deadlineMs: z.int().min(100).max(60_000).default(6000).meta({ description: 'Longest exchange, milliseconds' }),
})

export type CachesSection = z.infer<typeof cachesSection>
export type CacheTarget = z.infer<typeof target>
