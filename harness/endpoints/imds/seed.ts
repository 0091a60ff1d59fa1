import { z } from 'zod'
import type { InstanceFactsSource } from '../core/instance-facts.ts'
import { azureSeed } from './azure/seed.ts'
import { awsInstance } from './aws/instance.ts'

const later = z
  .int()
  .min(0)
  .max(7 * 86_400_000)
const afterMs = later.default(0).meta({ description: 'Milliseconds of the clock until it appears' })

/** What happens to an instance of AWS; each appears when its time on the clock has come. */
export const awsEvents = z.strictObject({
  spot: z
    .strictObject({
      action: z.enum(['terminate', 'stop', 'hibernate']).default('terminate'),
      afterMs,
      noticeMs: later.default(120_000).meta({ description: 'From its appearance to the action' }),
    })
    .optional(),
  rebalance: z.strictObject({ afterMs }).optional(),
  maintenance: z
    .array(
      z.strictObject({
        code: z
          .enum(['instance-reboot', 'system-reboot', 'system-maintenance', 'instance-retirement', 'instance-stop'])
          .default('system-reboot'),
        description: z.string().optional(),
        eventId: z.string().optional(),
        afterMs,
        noticeMs: later.default(86_400_000),
        windowMs: later.default(3_600_000),
        endsAfterMs: later.optional().meta({ description: 'From its appearance until it is history' }),
        endsAs: z.enum(['completed', 'canceled']).default('completed'),
      }),
    )
    .default([]),
  /** States of an instance in an Auto Scaling group, in order. */
  lifecycle: z
    .array(z.strictObject({ state: z.string().min(1), afterMs }))
    .default([])
    .meta({ description: 'autoscaling/target-lifecycle-state; absent without one' }),
})
export type AwsEvents = z.infer<typeof awsEvents>

const credentials = z.strictObject({
  accessKeyId: z.string().min(1).optional(),
  secretAccessKey: z.string().min(1).optional(),
  token: z.string().min(1).optional(),
  lifetimeSeconds: z.int().min(60).max(129_600).default(21_600),
})

const awsSeed = z.strictObject({
  instance: awsInstance.prefault({}),
  role: z
    .strictObject({ name: z.string().min(1), profileArn: z.string().optional(), profileId: z.string().optional() })
    .nullable()
    .optional()
    .meta({ description: 'null: an instance without one. Else that of a joined instance, or seatrial-role' }),
  credentials: credentials.prefault({}),
  options: z
    .strictObject({
      httpTokens: z.enum(['optional', 'required']).optional(),
      httpEndpoint: z.enum(['enabled', 'disabled']).optional(),
      httpPutResponseHopLimit: z.int().min(1).max(64).optional(),
      instanceMetadataTags: z.enum(['enabled', 'disabled']).optional(),
    })
    .prefault({})
    .meta({ description: 'As ModifyInstanceMetadataOptions has them; they win over those of a joined instance' }),
  hops: z
    .int()
    .min(1)
    .max(64)
    .default(1)
    .meta({ description: 'How far the caller is: 2 for a container on a bridge. Past the hop limit no token arrives' }),
  platform: z
    .enum(['nitro', 'xen'])
    .default('nitro')
    .meta({ description: 'xen answers a folder without its slash with 301, nitro with the folder' }),
  lifeCycle: z.enum(['on-demand', 'spot', 'scheduled', 'capacity-block']).optional(),
  events: awsEvents.prefault({}),
  leaves: z
    .record(z.string().regex(/^(meta-data|dynamic)\/[^/]+(\/[^/]+)*$/), z.string().nullable())
    .default({})
    .meta({ description: 'Any leaf by its path below the version; null takes it away' }),
})
export type AwsSeed = z.infer<typeof awsSeed>

/** What a metadata service tells, and of whom. */
export const imdsSeed = z.strictObject({
  clouds: z
    .array(z.enum(['aws', 'azure']))
    .nonempty()
    .default(['aws', 'azure'])
    .meta({ description: 'Which of the two answers; their paths do not meet' }),
  join: z
    .union([
      z.strictObject({
        url: z.httpUrl().or(z.url({ protocol: /^https?$/ })),
        instance: z.string().regex(/^i-[0-9a-f]{8,17}$/, 'wanted an instance id such as i-0123456789abcdef0'),
      }),
      z.custom<InstanceFactsSource>((value) => typeof value === 'function', 'wanted a function or {url, instance}'),
    ])
    .optional()
    .meta({ description: 'An instance of a mocked EC2, by the address of that mock; it wins over `aws.instance`' }),
  aws: awsSeed.prefault({}),
  azure: azureSeed.prefault({}),
})
export type ImdsSeed = z.infer<typeof imdsSeed>
