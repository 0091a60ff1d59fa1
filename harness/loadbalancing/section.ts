import { z } from 'zod'
import { size } from '../input/index.ts'
import { inventoryEntry } from './inventory/section.ts'
import { kindIds } from './kinds/ids.ts'

const file = z.string().min(1)
const inside = z.string().regex(/^\/(?!.*(?:^|\/)\.\.(?:\/|$))./, { error: 'an absolute path in the container' })
const server = z.string().min(1).meta({ description: 'Name of a server line, as the configuration has it' })
const seconds = z.number().positive().max(600)

const expectations = z.strictObject({
  clientAddress: z
    .union([z.literal(false), z.string().min(1)])
    .default('X-Forwarded-For')
    .meta({ description: 'Field in which servers find the address of the client; false when they need none' }),
  connectionsReused: z
    .boolean()
    .default(true)
    .meta({ description: 'Connections of visitors are kept, and those to servers are used again' }),
  sticky: z
    .strictObject({
      cookie: z.string().min(1).meta({ description: 'Name of the cookie that holds a visitor at its server' }),
      flags: z.array(z.enum(['HttpOnly', 'Secure', 'SameSite'])).default(['HttpOnly', 'SameSite']),
      hidden: z.boolean().default(true).meta({ description: 'Servers see nothing of it; Apache cannot do that' }),
    })
    .optional()
    .meta({ description: 'A visitor stays at one server' }),
  shares: z
    .record(server, z.number().nonnegative())
    .optional()
    .meta({ description: 'Share of the requests that each server gets, as numbers in proportion: { a: 3, b: 1 }' }),
  sparesSlow: z.boolean().default(false).meta({ description: 'A server that is slow gets fewer requests' }),
  stableBy: z
    .string()
    .regex(/^(?:path|parameter:.+|field:.+)$/, { error: 'path, parameter:NAME or field:NAME' })
    .optional()
    .meta({
      description: 'What the server is chosen by: path, parameter:NAME or field:NAME; the same goes to the same',
    }),
  load: z
    .strictObject({
      visitors: z.int().min(1).max(500).meta({ description: 'How many ask at the same time on a usual day' }),
      answerMs: z.int().min(1).max(10_000).default(100).meta({ description: 'How long a server takes for an answer' }),
    })
    .optional()
    .meta({ description: 'The load at which nobody waits in a queue' }),
  queue: z
    .strictObject({
      visitors: z.int().min(2).max(1_000).default(40).meta({ description: 'More than the servers can take at once' }),
      withinSeconds: seconds.default(5).meta({ description: 'Time in which each is served or told that it is not' }),
    })
    .optional()
    .meta({ description: 'Under more load than there is room for, everybody is answered in time' }),
  leavers: z
    .literal('dropped')
    .optional()
    .meta({ description: 'dropped: who leaves the queue is not served by any server' }),
  halfClosed: z
    .enum(['served', 'refused'])
    .optional()
    .meta({ description: 'What becomes of a client that has said all, and closes its sending side' }),
  health: z
    .strictObject({ withinSeconds: seconds.default(10) })
    .optional()
    .meta({ description: 'An application that answers its health check with 500 gets no visitors after this time' }),
  deadServer: z
    .enum(['unnoticed', 'allowed'])
    .default('unnoticed')
    .meta({ description: 'unnoticed: no visitor of GET gets an error while one of several servers dies' }),
  backup: z.array(server).default([]).meta({ description: 'Servers that answer only when all others are gone' }),
  gentleSeconds: seconds
    .optional()
    .meta({ description: 'A server that comes back gets its share back slowly, over this time' }),
  statistics: z
    .array(z.string().startsWith('/'))
    .default([])
    .meta({ description: 'Further paths of pages about the balancer that nobody may see' }),
  reload: z
    .strictObject({
      command: z
        .string()
        .min(1)
        .optional()
        .meta({ description: 'How it is told of a new configuration; its own way when left out' }),
      times: z.int().min(1).max(50).default(4),
    })
    .prefault({})
    .meta({ description: 'A new configuration costs no request' }),
  idle: z
    .strictObject({ visitors: z.int().min(1).max(2_000), withinMs: z.int().min(1).default(1_000) })
    .optional()
    .meta({ description: 'This many connections that ask nothing keep nobody else from an answer' }),
  workers: z
    .strictObject({
      limit: z.int().min(1).meta({ description: 'Requests that are worked on at once' }),
      memory: size.optional().meta({ description: 'What all of them may need, such as 512MiB' }),
    })
    .optional()
    .meta({ description: 'The limit of workers is real, and their memory is there' }),
  timeouts: z
    .union([z.literal(false), z.strictObject({ headSeconds: z.number().positive().max(60).default(15) })])
    .prefault({})
    .meta({
      description:
        'Every wait has an end, and who has not said what it wants after headSeconds is cut off; false when not',
    }),
  kernel: inside.optional().meta({ description: 'File of kernel settings in the container; each is as it says' }),
  responseTime: z
    .strictObject({
      percentile: z.number().min(1).max(99.9).default(95),
      ms: z.number().positive(),
      baseline: file.optional().meta({ description: 'response-times.json of the last release; each run leaves one' }),
      ratio: z.number().min(1).default(1.2).meta({ description: 'How many times slower than the baseline' }),
    })
    .optional(),
  takeover: z
    .strictObject({
      command: z
        .string()
        .min(1)
        .meta({ description: 'Script in the container that takes the address, given it and its device' }),
      withinSeconds: seconds.default(2),
    })
    .optional()
    .meta({ description: 'The address moves to a second balancer when the first dies' }),
  reboot: z.boolean().default(true).meta({ description: 'After a restart of its host it does all of that again' }),
})

const route = z.strictObject({
  path: z.string().startsWith('/'),
  host: z.string().min(1).optional(),
  method: z.string().min(1).default('GET'),
  pool: z.string().min(1).meta({ description: 'Name of the backend, upstream or balancer whose servers answer' }),
})

const target = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'lower-case letters, digits and dashes' }),
  kind: z.enum(kindIds),
  config: file.meta({ description: 'The configuration as it ships; only addresses of servers are replaced' }),
  files: z
    .record(inside, file)
    .default({})
    .meta({ description: 'What it names: path in the container to a file or folder beside the configuration' }),
  image: file.optional().meta({ description: 'Image of the balancer; Debian’s when left out' }),
  listen: z.int().min(1).max(65_535).optional().meta({ description: 'Port to ask; the first that speaks HTTP' }),
  host: z.string().min(1).default('www.example.org').meta({ description: 'Name under which visitors ask' }),
  path: z.string().startsWith('/').default('/').meta({ description: 'Path that leads to its servers' }),
  pool: z.string().min(1).optional().meta({ description: 'Backend that answers there; found out when left out' }),
  sysctls: z.record(z.string(), z.string()).default({}).meta({ description: 'Kernel settings of the container' }),
  expect: expectations.prefault({}),
  switching: z.array(route).default([]).meta({ description: 'Which pool answers what: look-alikes included' }),
})

/** The `loadbalancing` section of the configuration. */
export const loadbalancingSection = z.strictObject({
  targets: z.array(target).default([]).meta({ description: 'Balancers in front of echo servers' }),
  inventory: z
    .array(inventoryEntry)
    .default([])
    .meta({ description: 'Inventories, with what is generated from them and what runs: no drift between them' }),
  lanes: z.int().min(1).max(16).default(4).meta({ description: 'Copies of a balancer that are tried side by side' }),
})

export type LoadbalancingSection = z.infer<typeof loadbalancingSection>
export type Target = LoadbalancingSection['targets'][number]
export type ExpectationsInput = z.input<typeof expectations>
