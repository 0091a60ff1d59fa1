import { z } from 'zod'

const ipv4 = z.ipv4('wanted an IPv4 address')
const mac = z.string().regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'wanted six pairs of lower-case hex digits')

/** An instance as a seed has it; what is left out follows from the rest, or from a small instance in Ireland. */
export const awsInstance = z.strictObject({
  instanceId: z.string().default('i-0d1b5e0a7c3f49e21'),
  imageId: z.string().default('ami-0a1b2c3d4e5f60718'),
  instanceType: z.string().default('t3.micro'),
  architecture: z.enum(['x86_64', 'arm64']).default('x86_64'),
  region: z.string().default('eu-west-1'),
  availabilityZone: z.string().optional(),
  availabilityZoneId: z.string().optional(),
  accountId: z
    .string()
    .regex(/^\d{12}$/, 'wanted twelve digits')
    .default('123456789012'),
  privateIpAddress: ipv4.default('172.31.16.7'),
  privateDnsName: z.string().optional(),
  publicIpAddress: ipv4.nullable().default('203.0.113.25'),
  publicDnsName: z.string().optional(),
  ipv6Addresses: z.array(z.ipv6()).default([]),
  keyName: z.string().nullable().default('seatrial'),
  openSshKey: z
    .string()
    .default('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0mNcPIsnVgpiD5yyIMFSMAuZcPdEFhDrVqbPKH2u8P seatrial'),
  securityGroups: z
    .array(z.strictObject({ id: z.string(), name: z.string() }))
    .default([{ id: 'sg-0f1e2d3c4b5a69788', name: 'default' }]),
  subnetId: z.string().default('subnet-0a9b8c7d6e5f40312'),
  subnetCidr: z.cidrv4().default('172.31.16.0/20'),
  vpcId: z.string().default('vpc-01a2b3c4d5e6f7089'),
  vpcCidr: z.cidrv4().default('172.31.0.0/16'),
  mac: mac.default('06:5a:11:0c:2f:77'),
  interfaceId: z.string().default('eni-0b1c2d3e4f5061728'),
  userData: z
    .union([z.string(), z.strictObject({ base64: z.base64() })])
    .optional()
    .meta({ description: 'Text, or {base64}; without it user-data is 404' }),
  tags: z.record(z.string(), z.string()).default({ Name: 'seatrial' }),
  blockDevices: z
    .array(z.strictObject({ device: z.string(), volumeId: z.string() }))
    .default([{ device: '/dev/xvda', volumeId: 'vol-0123456789abcdef0' }]),
  rootDeviceName: z.string().optional(),
  launchTime: z.iso.datetime().default('2026-01-01T00:00:00Z'),
  reservationId: z.string().default('r-0e1f2a3b4c5d60718'),
  amiLaunchIndex: z.int().min(0).default(0),
})

export type AwsInstance = z.infer<typeof awsInstance>
