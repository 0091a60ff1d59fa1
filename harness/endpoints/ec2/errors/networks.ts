import type { ErrorTable } from './sentence.ts'
import { missing } from './sentence.ts'

/** Of networks, groups, interfaces and addresses. */
export const networkErrors = {
  // Networks
  'InvalidVpcID.NotFound': [400, missing('vpc ID', 'vpc IDs')],
  DefaultVpcAlreadyExists: [400, () => 'A Default VPC already exists for this account in this region.'],
  DefaultSubnetAlreadyExistsInAvailabilityZone: [
    400,
    (subnet: string, zone: string) => `'${subnet}' is already the default subnet in ${zone}.`,
  ],
  UnsupportedTenancy: [400, (tenancy: string) => `The tenancy value ${tenancy} is not supported.`],
  CidrLimitExceeded: [
    400,
    (vpc: string, limit: number) => `This network ${vpc} has met its maximum number of allowed CIDRs: ${limit}`,
  ],
  'InvalidVpcCidrBlockAssociationIdError.NotFound': [
    400,
    missing('vpc CIDR block association ID', 'vpc CIDR block association IDs'),
  ],
  'InvalidSubnetCidrBlockAssociationID.NotFound': [
    400,
    missing('subnet CIDR block association ID', 'subnet CIDR block association IDs'),
  ],
  'InvalidVpc.Range': [400, (cidr: string) => `The CIDR '${cidr}' is invalid.`],
  'InvalidIpamPoolId.NotFound': [400, (id: string) => `The ipam-pool ID '${id}' does not exist`],
  'InvalidPoolID.NotFound': [400, (id: string) => `The pool ID '${id}' does not exist.`],
  'InvalidSubnetID.NotFound': [400, missing('subnet ID', 'subnet IDs')],
  'InvalidSubnet.Range': [400, (cidr: string) => `The CIDR '${cidr}' is invalid.`],
  'InvalidSubnet.Conflict': [400, (cidr: string) => `The CIDR '${cidr}' conflicts with another subnet`],
  InsufficientFreeAddressesInSubnet: [
    400,
    (subnet: string) =>
      `There are not enough free addresses in subnet '${subnet}' to satisfy the requested number of instances.`,
  ],
  DependencyViolation: [400, (what: string) => what],
  VPCIdNotSpecified: [400, () => 'No default VPC for this user'],
  'InvalidGroup.NotFound': [400, missing('security group', 'security groups')],
  'InvalidGroup.Duplicate': [
    400,
    (name: string, vpc: string) => `The security group '${name}' already exists for VPC '${vpc}'`,
  ],
  'InvalidGroup.InUse': [400, (id: string) => `There are active instances using security group '${id}'`],
  'InvalidGroupId.Malformed': [400, (id: string, says = `Invalid id: "${id}" (expecting "sg-...")`) => says],
  CannotDelete: [400, (what: string) => what],
  'InvalidPermission.NotFound': [400, () => 'The specified rule does not exist in this security group.'],
  'InvalidPermission.Duplicate': [400, (rule: string) => `the specified rule "${rule}" already exists`],
  'InvalidPermission.Malformed': [400, (what: string) => what],
  'InvalidSecurityGroupRuleId.NotFound': [400, missing('security group rule ID', 'security group rule IDs')],
  'InvalidNetworkInterfaceID.NotFound': [400, missing('networkInterface ID', 'networkInterface IDs')],
  'InvalidNetworkInterfaceId.Malformed': [400, (id: string) => `Invalid id: "${id}" (expecting "eni-...")`],
  'InvalidNetworkInterface.InUse': [400, (id: string) => `Interface: [${id}] in use.`],
  'InvalidAttachmentID.NotFound': [400, missing('attachment ID', 'attachment IDs')],
  'InvalidIPAddress.InUse': [400, (address: string) => `Address ${address} is in use.`],
  'InvalidAllocationID.NotFound': [400, missing('allocation ID', 'allocation IDs')],
  'InvalidAssociationID.NotFound': [400, missing('association ID', 'association IDs')],
  'InvalidAddress.NotFound': [400, (address: string) => `Address '${address}' not found.`],
  'InvalidIPAddress.NotFound': [400, (address: string) => `The address '${address}' does not belong to you.`],
  'Resource.AlreadyAssociated': [
    400,
    (what: string, association?: string) =>
      association === undefined
        ? `resource ${what} is already associated with another`
        : `resource ${what} is already associated with associate-id ${association}`,
  ],
  'InvalidDhcpOptionID.NotFound': [400, missing('dhcpOption ID', 'dhcpOption IDs')],
  'InvalidDhcpOptionsId.Malformed': [400, (id: string) => `Invalid id: "${id}" (expecting "dopt-...")`],
  'InvalidInternetGatewayID.NotFound': [400, missing('internetGateway ID', 'internetGateway IDs')],
  'InvalidRouteTableID.NotFound': [400, missing('routeTable ID', 'routeTable IDs')],
  'InvalidRoute.NotFound': [
    400,
    (destination: string, table: string) =>
      `no route with destination-cidr-block ${destination} in route table ${table}`,
  ],
  'InvalidNetworkAclID.NotFound': [400, missing('network acl ID', 'network acl IDs')],
  'InvalidNetworkAclEntry.NotFound': [
    400,
    (number: number, acl: string) => `The network acl entry '${number}' does not exist in network acl ${acl}`,
  ],
  NetworkAclEntryAlreadyExists: [
    400,
    (number: number) => `The network acl entry identified by ${number} already exists.`,
  ],
  RouteAlreadyExists: [400, (destination: string) => `The route identified by ${destination} already exists.`],
  SubnetLimitExceeded: [400, () => 'The maximum number of subnets has been reached.'],
  RouteTableLimitExceeded: [400, () => 'The maximum number of route tables has been reached.'],
  RouteLimitExceeded: [400, () => 'The maximum number of routes has been reached.'],
  InternetGatewayLimitExceeded: [400, () => 'The maximum number of internet gateways has been reached.'],
  NetworkAclLimitExceeded: [400, () => 'The maximum number of network ACLs has been reached.'],
  NetworkAclEntryLimitExceeded: [400, () => 'The maximum number of network ACL entries has been reached.'],
  NetworkInterfaceLimitExceeded: [400, () => 'The maximum number of network interfaces has been reached.'],
  'InvalidGatewayID.NotFound': [400, (kind: string, id: string) => `The ${kind} ID '${id}' does not exist`],
  'Gateway.NotAttached': [
    400,
    (gateway: string, vpc: string) => `resource ${gateway} is not attached to network ${vpc}`,
  ],
  'Resource.NotFound': [400, (what: string) => what],
  InvalidID: [400, (id: string) => `The ID '${id}' is not valid`],
} as const satisfies ErrorTable
