import { z } from 'zod'
import { dayOf } from '../calendar.ts'

const day = z
  .string()
  .refine((text) => dayOf(text) !== undefined, { error: 'a day that there was, such as 2024-02-29' })
const words = z.tuple([z.string().min(1)], z.string())

/** Healing that is tried while the agents of all hosts fail to start. */
export const cascadeEntry = z
  .strictObject({
    name: z.string().min(1),
    controller: words.meta({
      description:
        'What heals: program and arguments. Words that begin with ./ or ../ are files beside the configuration',
    }),
    agent: words
      .optional()
      .meta({ description: 'Agent of a unit of work, started on each host; ours fails on 29 February' }),
    hosts: z.int().min(5).max(64).default(8),
    units: z.int().min(1).max(8).default(2).meta({ description: 'Units of work on each host' }),
    threshold: z
      .int()
      .min(1)
      .max(32)
      .default(2)
      .meta({ description: 'Hosts that may be declared broken before a human must be asked' }),
    date: day.default('2024-02-29').meta({ description: 'On which agents fail to start' }),
    ordinary: day.default('2024-02-28').meta({ description: 'On which they start' }),
    env: z.record(z.string(), z.string()).default({}),
    quietSeconds: z
      .number()
      .min(0.1)
      .max(600)
      .default(1.5)
      .meta({ description: 'Once it has asked a human, it must touch nothing for so long while one more host fails' }),
    timeoutSeconds: z.number().min(1).max(600).default(20).meta({ description: 'For each of the two days' }),
  })
  .refine(({ hosts, threshold }) => hosts >= threshold + 4, {
    error: 'at least four hosts more than the threshold, so that a cascade shows',
    path: ['hosts'],
  })

export type CascadeEntry = z.infer<typeof cascadeEntry>
