import { z } from 'zod'

/**
 * A machine as the service that runs it tells the one that describes it: the EC2 mock answers
 * `GET /_seatrial/instances/ID` with this, and instance metadata is made from it.
 */
export const instanceFacts = z.object({
  instanceId: z.string(),
  imageId: z.string(),
  instanceType: z.string(),
  /** `x86_64` or `arm64`. */
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
  /** The public key of the key pair, as in authorized_keys. */
  openSshKey: z.string().optional(),
  securityGroups: z.array(z.object({ id: z.string(), name: z.string() })),
  subnetId: z.string(),
  subnetCidr: z.string(),
  vpcId: z.string(),
  vpcCidr: z.string(),
  mac: z.string(),
  interfaceId: z.string(),
  /** Base64. */
  userData: z.string().optional(),
  tags: z.record(z.string(), z.string()),
  blockDevices: z.array(z.object({ device: z.string(), volumeId: z.string() })),
  rootDeviceName: z.string().optional(),
  /** ISO 8601. */
  launchTime: z.string(),
  reservationId: z.string(),
  amiLaunchIndex: z.number(),
  /** As EC2 names it: `pending`, `running`, `stopped`, ... */
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

export type InstanceFacts = z.infer<typeof instanceFacts>

/** Where facts come from when they are asked for in the same process. */
export type InstanceFactsSource = () => InstanceFacts | Promise<InstanceFacts>
