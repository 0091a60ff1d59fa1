import { z } from 'zod'

/** What `seatrial drill` takes, whatever it does. */
export const drillOptions = z.object({
  engine: z.enum(['mariadb', 'postgres']).optional(),
  procedure: z.string().min(1).optional(),
  building: z.string().min(1).optional(),
  image: z.string().min(1).optional(),
  runbook: z.string().min(1).optional(),
  clients: z.coerce.number('wanted a number').int().min(1).max(64).optional(),
  rto: z.coerce.number('wanted milliseconds').int().min(1).optional(),
  readOutage: z.coerce.number('wanted milliseconds').int().min(1).optional(),
  seed: z.coerce.number('wanted a number').int().min(0).optional(),
  format: z.string().default('text'),
  json: z.boolean().default(false),
  user: z.string().min(1).optional(),
  passwordFrom: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'wanted the name of an environment variable')
    .optional(),
  maxLag: z.coerce.number('wanted seconds').int().min(0).optional(),
  database: z.string().min(1).optional(),
  tls: z.enum(['off', 'prefer', 'require']).optional(),
  ca: z.string().min(1).optional(),
  declared: z.string().min(1).optional(),
  provision: z.string().min(1).optional(),
  repeat: z.boolean().optional(),
  in: z.enum(['machine', 'container']).optional(),
  loader: z.enum(['ours', 'disk']).optional(),
  disk: z.array(z.string().regex(/^[^=]+=[^=]+$/, 'wanted NAME=SIZE, such as data=1g')).optional(),
  memory: z.string().min(1).optional(),
  deadline: z.coerce.number('wanted seconds').positive().optional(),
})

export type DrillOptions = z.infer<typeof drillOptions>
