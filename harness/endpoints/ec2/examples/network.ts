import type { Step } from '../operation.ts'

/** Steps that examples of networks have in common. Each keeps its answer under the name that it has here. */
export const aVpc: Step = { action: 'CreateVpc', given: { CidrBlock: '10.0.0.0/16' }, as: 'vpc' }

export const vpcWithIpv6: Step = {
  action: 'CreateVpc',
  given: { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: 'true' },
  as: 'vpc',
}

/** A second VPC, which overlaps with no other. */
export const anotherVpc: Step = { action: 'CreateVpc', given: { CidrBlock: '10.9.0.0/16' }, as: 'other' }

/** Of `aVpc`. */
export const aSubnet: Step = {
  action: 'CreateSubnet',
  given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.0.0.0/24', AvailabilityZone: 'us-east-1a' },
  as: 'subnet',
}

/** In the default VPC. */
export const aGroup: Step = {
  action: 'CreateSecurityGroup',
  given: { GroupName: 'web', GroupDescription: 'Web servers' },
  as: 'group',
}

/** In `aSubnet`. */
export const anInterface: Step = {
  action: 'CreateNetworkInterface',
  given: { SubnetId: '$subnet.subnet.subnetId' },
  as: 'nic',
}

export const aGateway: Step = { action: 'CreateInternetGateway', as: 'gateway' }

/** `aGateway`, attached to `aVpc`. */
export const anAttachedGateway: Step = {
  action: 'AttachInternetGateway',
  given: { InternetGatewayId: '$gateway.internetGateway.internetGatewayId', VpcId: '$vpc.vpc.vpcId' },
}

/** Of `aVpc`. */
export const aTable: Step = { action: 'CreateRouteTable', given: { VpcId: '$vpc.vpc.vpcId' }, as: 'table' }

/** Of `aVpc`. */
export const anAcl: Step = { action: 'CreateNetworkAcl', given: { VpcId: '$vpc.vpc.vpcId' }, as: 'acl' }

export const someOptions: Step = {
  action: 'CreateDhcpOptions',
  given: { 'DhcpConfiguration.1.Key': 'domain-name', 'DhcpConfiguration.1.Value.1': 'example.com' },
  as: 'options',
}

/** An IPv6 block for `aSubnet` of `vpcWithIpv6`. */
export const sixForSubnet: Step = {
  action: 'AssociateSubnetCidrBlock',
  given: { SubnetId: '$subnet.subnet.subnetId', Ipv6CidrBlock: '2001:db8:1000:100::/64' },
}
