import type { InstanceFacts } from '../../core/instance-facts.ts'
import type { AwsInstance } from './instance.ts'

/** The facts of an instance that nobody runs but the seed. */
export function factsOf(seed: AwsInstance): InstanceFacts {
  const { publicIpAddress, keyName, userData, openSshKey, ...rest } = seed
  const zone = rest.availabilityZone ?? `${rest.region}a`
  const usEast = rest.region === 'us-east-1'
  const internal = usEast ? 'ec2.internal' : `${rest.region}.compute.internal`
  const external = usEast ? 'compute-1.amazonaws.com' : `${rest.region}.compute.amazonaws.com`
  const dashed = (address: string): string => address.replaceAll('.', '-')
  return {
    ...rest,
    availabilityZone: zone,
    availabilityZoneId:
      rest.availabilityZoneId ?? `${shortRegion(rest.region)}-az${zone.charCodeAt(zone.length - 1) - 96}`,
    privateDnsName: rest.privateDnsName ?? `ip-${dashed(rest.privateIpAddress)}.${internal}`,
    ...(publicIpAddress !== null && {
      publicIpAddress,
      publicDnsName: rest.publicDnsName ?? `ec2-${dashed(publicIpAddress)}.${external}`,
    }),
    ...(keyName !== null && { keyName, openSshKey }),
    ...(userData !== undefined && {
      userData: typeof userData === 'string' ? Buffer.from(userData).toString('base64') : userData.base64,
    }),
    state: 'running',
  }
}

/** As AWS shortens its regions in ids of zones: `eu-west-1` is euw1, `ap-southeast-2` apse2. */
function shortRegion(region: string): string {
  const [area = '', side = '', number = ''] = region.split('-')
  const letters = side.replace(/^(north|south)(east|west)$/, (_, a: string, b: string) => `${a[0]}${b[0]}`)
  return `${area}${letters === side ? side.charAt(0) : letters}${number}`
}
