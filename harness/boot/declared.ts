import { z } from 'zod'

const path = z.string().startsWith('/', { error: 'an absolute path' })
const unit = z.string().regex(/\.[a-z]+$/, { error: 'a unit with its ending, such as nginx.service' })

const mount = z.strictObject({
  at: path.meta({ description: 'Where it must be mounted' }),
  source: z.string().min(1).optional().meta({ description: 'As in fstab: UUID=..., LABEL=..., /dev/md0' }),
  type: z.string().min(1).optional(),
  options: z.array(z.string().min(1)).default([]).meta({ description: 'That it must have, such as rw or noexec' }),
  optional: z.boolean().default(false).meta({ description: 'The host must come up without it too' }),
})

const disk = z.strictObject({
  device: path.optional().meta({ description: 'Such as /dev/vdb' }),
  uuid: z.string().optional(),
  label: z.string().optional(),
  partuuid: z.string().optional(),
  partlabel: z.string().optional(),
  type: z.string().optional().meta({ description: 'File system, swap, crypto_LUKS, linux_raid_member' }),
})

const answer = z.strictObject({
  command: z
    .string()
    .regex(/^[^\r\n]*\S[^\r\n]*$/, { error: 'one line for /bin/sh' })
    .meta({
      description: 'Run as root; it must end with 0',
    }),
  prints: z.string().optional().meta({ description: 'What it must print, apart from white space at its ends' }),
})

/** What must be there after a boot: written by people, or by `seatrial boot learn`. */
export const declaredState = z.strictObject({
  mounts: z.array(mount).default([]),
  disks: z.array(disk).optional().meta({ description: 'What the host has; without it sources are not looked up' }),
  swaps: z.array(z.strictObject({ source: z.string().min(1) })).default([]),
  arrays: z
    .array(z.strictObject({ device: path, uuid: z.string().optional() }))
    .default([])
    .meta({ description: 'Software RAID' }),
  encrypted: z
    .array(z.strictObject({ name: z.string().min(1), source: z.string().optional() }))
    .default([])
    .meta({ description: 'Volumes that open without anybody at the console' }),
  services: z
    .array(z.strictObject({ unit, needs: z.array(path).default([]).meta({ description: 'Mounts that it works on' }) }))
    .default([]),
  timers: z.array(unit).default([]),
  ports: z.array(z.int().min(1).max(65_535)).default([]),
  kernel: z.record(z.string(), z.string()).default({}).meta({ description: 'sysctl settings' }),
  hostname: z.string().optional(),
  data: z.array(path).default([]).meta({ description: 'Files or folders that a boot must leave as they were' }),
  temporary: z.array(path).default([]).meta({ description: 'Folders that must be empty after a boot' }),
  answers: z
    .array(answer)
    .default([])
    .meta({ description: 'Commands that must answer after a boot as they did before it: the rows of a database' }),
  allowFailed: z
    .array(unit)
    .default([])
    .meta({ description: 'Units that may fail, and the host is well all the same' }),
  slowestJobSeconds: z.number().positive().default(30).meta({ description: 'A boot waits for no single job longer' }),
  target: unit.default('multi-user.target'),
})

export type Declared = z.infer<typeof declaredState>
export type DeclaredInput = z.input<typeof declaredState>
