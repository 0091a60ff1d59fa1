import type { InstanceFacts } from '../../core/instance-facts.ts'

type Leaves = Iterable<readonly [path: string, text: string | undefined]>

/** Names and addresses of the instance itself. */
export function* addressLeaves(facts: InstanceFacts): Leaves {
  yield ['hostname', facts.privateDnsName]
  yield ['ipv6', facts.ipv6Addresses?.[0]]
  yield ['local-hostname', facts.privateDnsName]
  yield ['local-ipv4', facts.privateIpAddress]
  yield ['mac', facts.mac]
  yield ['public-hostname', facts.publicDnsName]
  yield ['public-ipv4', facts.publicIpAddress]
}

/** Its one interface. What has several lines is one value a line. */
export function* interfaceLeaves(facts: InstanceFacts): Leaves {
  const below = (name: string): string => `network/interfaces/macs/${facts.mac}/${name}`
  const names = facts.securityGroups.map(({ name }) => name)
  const ids = facts.securityGroups.map(({ id }) => id)
  yield [below('device-number'), '0']
  yield [below('interface-id'), facts.interfaceId]
  if (facts.publicIpAddress !== undefined) {
    yield [below(`ipv4-associations/${facts.publicIpAddress}`), facts.privateIpAddress]
  }
  yield [below('ipv6s'), facts.ipv6Addresses?.join('\n')]
  yield [below('local-hostname'), facts.privateDnsName]
  yield [below('local-ipv4s'), facts.privateIpAddress]
  yield [below('mac'), facts.mac]
  yield [below('network-card'), '0']
  yield [below('owner-id'), facts.accountId]
  yield [below('public-hostname'), facts.publicDnsName]
  yield [below('public-ipv4s'), facts.publicIpAddress]
  yield [below('security-group-ids'), ids.join('\n')]
  yield [below('security-groups'), names.join('\n')]
  yield [below('subnet-id'), facts.subnetId]
  yield [below('subnet-ipv4-cidr-block'), facts.subnetCidr]
  yield [below('vpc-id'), facts.vpcId]
  yield [below('vpc-ipv4-cidr-block'), facts.vpcCidr]
  yield [below('vpc-ipv4-cidr-blocks'), facts.vpcCidr]
}
