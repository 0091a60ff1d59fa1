import { z } from 'zod'
import type { Random } from '../kernel/index.ts'

const server = z.union([
  z.strictObject({
    in: z.string().min(1).meta({ description: 'Part of the stack' }),
    port: z.int().min(1).max(65_535).optional().meta({ description: 'Port inside the part; its first when left out' }),
  }),
  z.strictObject({ url: z.url({ protocol: /^https?$/ }).meta({ description: 'Something that runs already' }) }),
])

/** One request of the traffic. */
export const trafficRequest = z.strictObject({
  method: z
    .string()
    .regex(/^[A-Z]+$/, { error: 'wanted a method, such as GET' })
    .default('GET'),
  path: z.string().regex(/^\/[!-~]*$/, { error: 'wanted a path that begins with /' }),
  fields: z.record(z.string().regex(/^[!#$%&'*+\-.^_`|~\w]+$/), z.string().regex(/^[\t -~]*$/)).default({}),
  body: z.string().optional(),
})

export type TrafficRequest = z.output<typeof trafficRequest>

/** Makes the request of a number, from 0; everything random in it is drawn, so that a run can be repeated. */
export type MakeRequest = (random: Random, at: number) => z.input<typeof trafficRequest>

const share = z.string().regex(/^\d{1,3}(?:\.\d+)?%?$/, { error: 'wanted a share such as 10% or 0.1' })

/** The `darkLaunch` section of the configuration. */
export const mirrorSection = z.strictObject({
  primary: server.meta({ description: 'What answers users now' }),
  candidate: server.meta({ description: 'What is to take over' }),
  secondary: server.optional().meta({
    description:
      'The primary once more, or the very same where nothing that writes is allowed: what these two differ in is noise',
  }),
  traffic: z
    .union([
      z.string().min(1),
      z.array(trafficRequest).min(1),
      z.custom<MakeRequest>((value) => typeof value === 'function', {
        error: 'wanted a file, a list of requests, or a function (random, number) that gives one',
      }),
    ])
    .meta({
      description:
        'What users send: a file of recorded traffic, a list that is gone through again and again, or a function',
    }),
  requests: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(600)
    .meta({ description: 'How many are sent; a file says it itself' }),
  speed: z
    .number()
    .positive()
    .optional()
    .meta({ description: 'Of a file: 1 keeps its pauses, 2 halves them; none are kept when left out' }),
  logFormat: z.string().min(1).optional().meta({ description: 'Of an access log, as the server itself is told it' }),
  connections: z.int().min(1).max(256).default(8).meta({ description: 'Users at once' }),
  cohort: share.default('100%').meta({ description: 'Share of users whose requests are copied' }),
  by: z
    .string()
    .default('address')
    .meta({ description: 'What tells users apart: address, path, cookie:NAME, field:NAME' }),
  allow: z
    .array(z.string())
    .default([])
    .meta({ description: 'Methods and paths that may be copied though they change something: POST /search*' }),
  ignore: z.array(z.string()).default([]).meta({ description: 'Places that are not compared: field x-request-id' }),
  unordered: z.array(z.string()).default([]).meta({ description: 'JSON arrays whose order says nothing: $.items' }),
  slowest: z.number().min(1).default(1.5).meta({ description: 'How much slower the candidate may be, a multiple' }),
  falseAlarms: share.default('1%').meta({ description: 'Chance of a false alarm, over all that is compared' }),
  sees: share
    .default('5%')
    .meta({ description: 'The smallest share of wrong answers that must have been seen if it was there' }),
  askAgain: z
    .boolean()
    .default(true)
    .meta({ description: 'Without a second primary: ask both once more what they answered differently' }),
  deadlineMs: z.int().min(10).max(600_000).default(10_000).meta({ description: 'For a whole answer, milliseconds' }),
})

export type MirrorSection = z.infer<typeof mirrorSection>
export type MirrorServer = MirrorSection['primary']
