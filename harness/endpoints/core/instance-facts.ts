/**
 * A machine as the service that runs it tells the one that describes it: the EC2 mock answers
 * `GET /_seatrial/instances/ID` with this, and instance metadata is made from it.
 */
export interface InstanceFacts {
  readonly instanceId: string
  readonly imageId: string
  readonly instanceType: string
  /** `x86_64` or `arm64`. */
  readonly architecture?: string | undefined
  readonly region: string
  readonly availabilityZone: string
  readonly availabilityZoneId: string
  readonly accountId: string
  readonly privateIpAddress: string
  readonly privateDnsName: string
  readonly publicIpAddress?: string | undefined
  readonly publicDnsName?: string | undefined
  readonly ipv6Addresses?: readonly string[] | undefined
  readonly keyName?: string | undefined
  /** The public key of the key pair, as in authorized_keys. */
  readonly openSshKey?: string | undefined
  readonly securityGroups: readonly { readonly id: string; readonly name: string }[]
  readonly subnetId: string
  readonly subnetCidr: string
  readonly vpcId: string
  readonly vpcCidr: string
  readonly mac: string
  readonly interfaceId: string
  /** Base64. */
  readonly userData?: string | undefined
  readonly tags: Readonly<Record<string, string>>
  readonly blockDevices: readonly { readonly device: string; readonly volumeId: string }[]
  readonly rootDeviceName?: string | undefined
  /** ISO 8601. */
  readonly launchTime: string
  readonly reservationId: string
  readonly amiLaunchIndex: number
  /** As EC2 names it: `pending`, `running`, `stopped`, ... */
  readonly state: string
  readonly metadataOptions?: MetadataOptions | undefined
  readonly iamInstanceProfile?: { readonly arn: string; readonly id: string } | undefined
}

/** How an instance's metadata is to be had, as ModifyInstanceMetadataOptions has it. */
export interface MetadataOptions {
  readonly httpTokens?: 'optional' | 'required' | undefined
  readonly httpEndpoint?: 'enabled' | 'disabled' | undefined
  readonly httpPutResponseHopLimit?: number | undefined
  readonly instanceMetadataTags?: 'enabled' | 'disabled' | undefined
}

/** Where facts come from when they are asked for in the same process. */
export type InstanceFactsSource = () => InstanceFacts | Promise<InstanceFacts>
