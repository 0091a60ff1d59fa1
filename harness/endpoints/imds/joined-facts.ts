import { z } from 'zod'
import type { InstanceFacts } from '../core/instance-facts.ts'

/** Facts as they come over the wire from a mock that may be another version. */
export const joinedFacts: z.ZodType<InstanceFacts> = z.object({
  instanceId: z.string(),
  imageId: z.string(),
  instanceType: z.string(),
  architecture: z.string().optional(),
  region: z.string(),
  availabilityZone: z.string(),
  availabilityZoneId: z.string(),
  accountId: z.string(),
  privateIpAddress: z.string(),
  privateDnsName: z.string(),
  publicIpAddress: z.string().optional(),
  publicDnsName: z.string().optional(),
  ipv6Addresses: z.array(z.string()).optional(),
  keyName: z.string().optional(),
  openSshKey: z.string().optional(),
  securityGroups: z.array(z.object({ id: z.string(), name: z.string() })),
  subnetId: z.string(),
  subnetCidr: z.string(),
  vpcId: z.string(),
  vpcCidr: z.string(),
  mac: z.string(),
  interfaceId: z.string(),
  userData: z.string().optional(),
  tags: z.record(z.string(), z.string()),
  blockDevices: z.array(z.object({ device: z.string(), volumeId: z.string() })),
  rootDeviceName: z.string().optional(),
  launchTime: z.string(),
  reservationId: z.string(),
  amiLaunchIndex: z.number(),
  state: z.string(),
  metadataOptions: z
    .object({
      httpTokens: z.enum(['optional', 'required']).optional(),
      httpEndpoint: z.enum(['enabled', 'disabled']).optional(),
      httpPutResponseHopLimit: z.number().optional(),
      instanceMetadataTags: z.enum(['enabled', 'disabled']).optional(),
    })
    .optional(),
  iamInstanceProfile: z.object({ arn: z.string(), id: z.string() }).optional(),
})
