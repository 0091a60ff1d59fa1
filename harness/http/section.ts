import { z } from 'zod'
import { expectSection } from './expectations/table.ts'

const target = z.strictObject({
  in: z.string().meta({ description: 'Part of the stack that is asked' }),
  path: z
    .string()
    .regex(/^\//, { error: 'a path that begins with /' })
    .default('/')
    .meta({ description: 'Path and query of the page' }),
  port: z.int().min(1).max(65_535).optional().meta({ description: 'Port inside the part; its first when left out' }),
  scheme: z
    .enum(['http', 'https'])
    .optional()
    .meta({ description: 'What that port speaks, when it is not what the part says' }),
  expect: expectSection.optional().meta({ description: 'What this page must be like, beyond being right' }),
  name: z.string().min(1).optional().meta({ description: 'What reports call this page; part and path when left out' }),
})

/** The `http` section of the configuration. */
export const httpSection = z.strictObject({
  targets: z.array(target).meta({ description: 'Pages to look at' }),
  probes: z
    .boolean()
    .default(true)
    .meta({ description: 'Ask further questions of each page, not only read its answer' }),
  intrusive: z
    .boolean()
    .default(false)
    .meta({ description: 'Put probes that could disturb others also to servers that the trial did not start' }),
  deadlineMs: z.int().min(100).max(600_000).default(10_000).meta({ description: 'Longest exchange, milliseconds' }),
})

export type HttpSection = z.infer<typeof httpSection>
export type HttpTarget = z.infer<typeof target>
