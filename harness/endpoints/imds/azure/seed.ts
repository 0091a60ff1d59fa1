import { z } from 'zod'
import { versions } from './versions.ts'

const later = z
  .int()
  .min(0)
  .max(7 * 86_400_000)

const scheduledEvent = z.strictObject({
  eventId: z.uuid().optional(),
  type: z.enum(['Freeze', 'Reboot', 'Redeploy', 'Preempt', 'Terminate']).default('Reboot'),
  resources: z.array(z.string()).optional().meta({ description: 'Names of machines; this one unless given' }),
  source: z.enum(['Platform', 'User']).default('Platform'),
  description: z.string().default('Host server is undergoing maintenance.'),
  durationInSeconds: z.int().min(-1).default(9),
  afterMs: later.default(0).meta({ description: 'Milliseconds of the clock until it is scheduled' }),
  noticeMs: later.optional().meta({ description: 'From Scheduled to Started, unless approved before' }),
  lastsMs: later.default(600_000).meta({ description: 'From Started until it is gone' }),
})
export type ScheduledEvent = z.infer<typeof scheduledEvent>

const identity = z.strictObject({
  clientId: z.uuid(),
  objectId: z.uuid().optional(),
  resourceId: z.string().optional(),
})

/** A virtual machine of Azure; what is left out is a small Linux machine. */
export const azureSeed = z.strictObject({
  versions: z
    .array(z.iso.date())
    .nonempty()
    .default([...versions])
    .meta({ description: 'API versions that are served; fewer make an older service' }),
  name: z.string().min(1).default('seatrial-vm'),
  vmId: z.uuid().default('5f2c7f0e-8a5b-4d0a-9c1e-3b6f4a7d2e91'),
  location: z.string().default('westeurope'),
  zone: z.string().default('1'),
  vmSize: z.string().default('Standard_B1s'),
  subscriptionId: z.uuid().default('8d10da13-8125-4ba9-a717-bf7490507b3d'),
  resourceGroupName: z.string().default('seatrial'),
  tenantId: z.uuid().default('72f988bf-86f1-41af-91ab-2d7cd011db47'),
  image: z
    .strictObject({
      publisher: z.string().default('Debian'),
      offer: z.string().default('debian-12'),
      sku: z.string().default('12-gen2'),
      version: z.string().default('0.20260101.2000'),
    })
    .prefault({}),
  adminUsername: z.string().default('azureuser'),
  disablePasswordAuthentication: z.boolean().default(true),
  publicKeys: z.array(z.strictObject({ keyData: z.string(), path: z.string() })).default([
    {
      keyData: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0mNcPIsnVgpiD5yyIMFSMAuZcPdEFhDrVqbPKH2u8P seatrial',
      path: '/home/azureuser/.ssh/authorized_keys',
    },
  ]),
  tags: z.record(z.string(), z.string()).default({}),
  userData: z.string().default('').meta({ description: 'Text; it is told in base64' }),
  priority: z.enum(['', 'Regular', 'Low', 'Spot']).default('Regular'),
  evictionPolicy: z.enum(['', 'Deallocate', 'Delete']).default(''),
  scaleSetName: z.string().default(''),
  interfaces: z
    .array(
      z.strictObject({
        mac: z
          .string()
          .regex(/^[0-9A-F]{12}$/, 'wanted twelve upper-case hex digits')
          .default('000D3AF806EC'),
        privateIpAddress: z.ipv4().default('10.0.0.4'),
        publicIpAddress: z.union([z.ipv4(), z.literal('')]).default('203.0.113.40'),
        subnet: z.ipv4().default('10.0.0.0'),
        prefix: z.string().default('24'),
      }),
    )
    .default([
      {
        mac: '000D3AF806EC',
        privateIpAddress: '10.0.0.4',
        publicIpAddress: '203.0.113.40',
        subnet: '10.0.0.0',
        prefix: '24',
      },
    ]),
  dataDisks: z
    .array(z.strictObject({ name: z.string(), sizeGb: z.int().min(1).default(32), lun: z.int().min(0).optional() }))
    .default([]),
  identities: z
    .array(identity)
    .default([{ clientId: '0c1b9a52-5f0e-4e3a-8c6b-9d2e7f4a1b38' }])
    .meta({ description: 'Managed identities, the first one assigned by the system; none: identity is not enabled' }),
  events: z.array(scheduledEvent).default([]),
})
export type AzureSeed = z.infer<typeof azureSeed>
