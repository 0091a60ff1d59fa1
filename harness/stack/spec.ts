import { z } from 'zod'
import { size } from '../input/index.ts'
import { nearest } from '../kernel/nearest.ts'
import { cycleIn } from './order.ts'

const port = z
  .int({ error: 'wanted a port number, 1 to 65535' })
  .min(1, { error: 'wanted a port number, 1 to 65535' })
  .max(65_535, { error: 'wanted a port number, 1 to 65535' })

// A record tells of a wrong key in words of its own, and hides those of the key's schema.
const keys = (wanted: string) => ({
  error: (issue: { readonly code?: string }) => (issue.code === 'invalid_key' ? `wanted ${wanted} as key` : undefined),
})

const pathInside = z.string().regex(/^\/(?!.*(?:^|\/)\.\.(?:\/|$))./)
const absolute = keys('an absolute path in the container')

const command = z.tuple([z.string().min(1)], z.string(), { error: 'wanted a program and its arguments, as a list' })

const wait = z
  .strictObject({
    port: port.optional().meta({ description: 'Something listens on this port of the container.' }),
    http: z
      .string()
      .startsWith('/', { error: 'wanted a path that begins with "/"' })
      .optional()
      .meta({ description: 'A GET of this path is answered.' }),
    status: z.int().min(100).max(599).optional().meta({ description: 'Status that the answer must have.' }),
    log: z.string().min(1).optional().meta({ description: 'This text stands in the log.' }),
    command: command.optional().meta({ description: 'This command, run inside, exits with 0.' }),
  })
  .superRefine((given, context) => {
    const ways = [given.http ?? given.port, given.log, given.command].filter((way) => way !== undefined)
    if (ways.length !== 1) {
      context.addIssue({
        code: 'custom',
        message: 'wanted exactly one of port, http, log, command (http may name a port)',
      })
    } else if (given.status !== undefined && given.http === undefined) {
      context.addIssue({ code: 'custom', path: ['status'], message: 'wanted together with http, or not at all' })
    }
  })

const endpoint = z
  .strictObject({
    kind: z.string().min(1).meta({ description: 'Such as "ec2"; `seatrial mock --help` lists them.' }),
    seed: z
      .union([z.string().min(1), z.record(z.string(), z.unknown())])
      .optional()
      .meta({ description: 'What is there beforehand: a file beside the configuration, or the data itself.' }),
    faults: z
      .union([z.string().min(1), z.array(z.record(z.string(), z.unknown()))])
      .optional()
      .meta({ description: 'Which requests meet which faults: a file, or the rules themselves.' }),
    clock: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'real, instant, manual or polls:N; instant when left out.' }),
    signatures: z.enum(['strict', 'lenient']).optional().meta({ description: 'strict when left out.' }),
  })
  .meta({ description: 'A mocked cloud endpoint. Other parts ask it at http://NAME.' })
export type EndpointPart = z.output<typeof endpoint>

const part = z
  .strictObject({
    build: z.string().min(1).optional().meta({ description: 'Folder with a Dockerfile, from the configuration file.' }),
    image: z
      .string()
      .regex(/^[a-z0-9][\w./:@-]*$/, { error: 'wanted the name of an image, such as "nginx:1.29"' })
      .optional()
      .meta({ description: 'Image that the engine has or can pull.' }),
    url: z
      .url({ protocol: /^https?$/, error: 'wanted an http:// or https:// address' })
      .optional()
      .meta({ description: 'Something that runs already. It is asked, never broken.' }),
    endpoint: endpoint.optional(),
    ports: z
      .array(port)
      .optional()
      .meta({ description: 'Ports of the container to reach from here. The first is the main one.' }),
    scheme: z
      .enum(['http', 'https'])
      .optional()
      .meta({ description: 'What the main port speaks; http when left out.' }),
    files: z
      .record(pathInside, z.string().min(1), absolute)
      .optional()
      .meta({ description: 'Path in the container to a file or folder beside the configuration.' }),
    env: z.record(z.string().regex(/^[A-Za-z_]\w*$/), z.string(), keys('the name of a variable')).optional(),
    command: command.optional().meta({ description: "Replaces the image's command." }),
    tmpfs: z
      .record(pathInside, size, absolute)
      .optional()
      .meta({ description: 'Folders in memory, each with its size.' }),
    capabilities: z
      .array(
        z.string().regex(/^(?!CAP_)[A-Z_]+$/, { error: 'wanted a Linux capability without CAP_, such as NET_ADMIN' }),
      )
      .optional(),
    needs: z.array(z.string()).optional().meta({ description: 'Parts that must be ready before this one is started.' }),
    wait: wait.optional().meta({ description: 'How to know that it is ready; the first port listens when left out.' }),
    startupSeconds: z.number().positive().max(3_600).optional().meta({ description: '60 when left out.' }),
    systemd: z.boolean().optional().meta({ description: 'The image boots systemd: the part can be rebooted.' }),
  })
  .superRefine((given, context) => {
    const kinds = (['build', 'image', 'url', 'endpoint'] as const).filter((kind) => given[kind] !== undefined)
    if (kinds.length !== 1) {
      const got = kinds.length === 0 ? 'none of them' : kinds.join(' and ')
      context.addIssue({ code: 'custom', message: `wanted exactly one of build, image, url, endpoint; given ${got}` })
    }
    const alone = kinds.length === 1 ? kinds[0] : undefined
    const allowed =
      alone === 'url' ? ['url', 'needs'] : alone === 'endpoint' ? ['endpoint', 'needs', 'startupSeconds'] : undefined
    const without = given.systemd === true ? ['command', 'wait'] : []
    for (const key of Object.keys(given)) {
      const why =
        allowed !== undefined && !allowed.includes(key)
          ? `a part ${alone === 'url' ? 'at a url' : 'that is an endpoint'}`
          : without.includes(key)
            ? 'a systemd part'
            : ''
      if (why !== '') context.addIssue({ code: 'custom', path: [key], message: `${why} has no ${key}` })
    }
  })

const name = z.string().regex(/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
const named = keys('a name of lower-case letters, digits and dashes (it becomes a host name)')

/** The `stack` section of the configuration: what a trial starts, by name. */
export const stackSpec = z
  .record(name, part, named)
  .superRefine((parts, context) => {
    const names = Object.keys(parts)
    for (const [own, { needs = [] }] of Object.entries(parts)) {
      for (const [index, needed] of needs.entries()) {
        if (names.includes(needed)) continue
        const meant = nearest(needed, names)
        const hint = meant === undefined ? `parts: ${names.join(', ')}` : `did you mean ${meant}?`
        context.addIssue({
          code: 'custom',
          path: [own, 'needs', index],
          message: `there is no part "${needed}"; ${hint}`,
        })
      }
    }
    const cycle = cycleIn(parts)
    if (cycle !== undefined) {
      const message = `${cycle[0]} needs itself: ${cycle.join(' -> ')}`
      context.addIssue({ code: 'custom', path: [cycle[0] ?? '', 'needs'], message })
    }
  })
  .meta({ description: 'What a trial starts: parts by name, each from a Dockerfile, an image or a running address.' })

export type StackSpec = z.output<typeof stackSpec>
export type StackInput = z.input<typeof stackSpec>
export type PartSpec = StackSpec[string]
