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

/** In the default subnet of us-east-1a. */
export const anInstance: Step = {
  action: 'RunInstances',
  given: { ImageId: 'ami-0a1b2c3d4e5f60001', MinCount: '1', MaxCount: '1' },
  as: 'run',
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

/** Ids of a right form that nothing has. */
export const nobody = {
  vpc: 'vpc-0123456789abcdef0',
  subnet: 'subnet-0123456789abcdef0',
  group: 'sg-0123456789abcdef0',
  rule: 'sgr-0123456789abcdef0',
  nic: 'eni-0123456789abcdef0',
  attachment: 'eni-attach-0123456789abcdef0',
  gateway: 'igw-0123456789abcdef0',
  table: 'rtb-0123456789abcdef0',
  tableAssociation: 'rtbassoc-0123456789abcdef0',
  acl: 'acl-0123456789abcdef0',
  aclAssociation: 'aclassoc-0123456789abcdef0',
  options: 'dopt-0123456789abcdef0',
  instance: 'i-0123456789abcdef0',
} as const
