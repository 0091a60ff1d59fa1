/**
 * Every error code that the mocked EC2 gives, with its HTTP status and its sentence. Codes and statuses are those of
 * the EC2 API reference, "Error codes for the Amazon EC2 API"; sentences are what the service is known to write, because
 * scripts match on them.
 */
const missing =
  (one: string, many: string) =>
  (...ids: string[]): string =>
    ids.length === 1 ? `The ${one} '${ids[0]}' does not exist` : `The ${many} '${ids.join(', ')}' do not exist`

export const ec2Errors = {
  // Who asks, and what
  AuthFailure: [
    401,
    (what = '') => (what === '' ? 'AWS was not able to validate the provided access credentials' : what),
  ],
  SignatureDoesNotMatch: [
    403,
    (why = '') =>
      `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.${why}`,
  ],
  IncompleteSignature: [400, (what: string) => what],
  MissingAuthenticationToken: [403, () => 'Request is missing Authentication Token'],
  InvalidClientTokenId: [403, () => 'The security token included in the request is invalid'],
  RequestExpired: [400, (what = '') => (what === '' ? 'Request has expired.' : `Request has expired. ${what}`)],
  UnauthorizedOperation: [403, () => 'You are not authorized to perform this operation.'],
  OptInRequired: [403, () => 'You are not subscribed to this service.'],
  Blocked: [403, () => 'Your account is currently blocked.'],
  PendingVerification: [400, () => 'Your account is currently being verified.'],
  MissingAction: [400, () => 'The request must contain the parameter Action'],
  InvalidAction: [400, (action: string) => `The action ${action} is not valid for this web service.`],
  MalformedQueryString: [404, (what: string) => `The query string contains a syntax error: ${what}`],
  NoSuchVersion: [400, (version: string) => `The requested version (${version}) of service AmazonEC2 does not exist`],
  UnsupportedProtocol: [400, (what: string) => `${what} is not supported by this web service.`],
  UnsupportedOperation: [400, (what = 'The functionality you requested is not available in this region.') => what],
  Unsupported: [400, (what: string) => what],

  // Parameters
  MissingParameter: [400, (name: string) => `The request must contain the parameter ${name}`],
  UnknownParameter: [400, (name: string) => `The parameter ${name} is not recognized`],
  InvalidParameter: [400, (what: string) => what],
  InvalidRequest: [400, () => 'The request received was invalid'],
  InvalidParameterValue: [400, (what: string) => what],
  InvalidParameterCombination: [400, (what: string) => what],
  InvalidParameterDependency: [400, (what: string) => what],
  InvalidCharacter: [400, (what: string) => what],
  InvalidFilter: [400, (name: string) => `The filter '${name}' is invalid`],
  FilterLimitExceeded: [400, () => 'The maximum number of filter values specified on a single call is 200'],
  InvalidNextToken: [400, (token: string) => `The token '${token}' is invalid`],
  IdempotentParameterMismatch: [
    400,
    () => 'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
  ],
  DryRunOperation: [412, () => 'Request would have succeeded, but DryRun flag is set.'],

  // Trouble of the service
  RequestLimitExceeded: [503, () => 'Request limit exceeded.'],
  InternalError: [500, () => 'An internal error has occurred'],
  InternalFailure: [500, () => 'The request processing has failed because of an unknown error'],
  Unavailable: [503, () => 'The service is unavailable. Please try again shortly.'],
  ServiceUnavailable: [503, () => 'The request has failed due to a temporary failure of the server'],
  InsufficientInstanceCapacity: [
    500,
    (zone = '') =>
      `We currently do not have sufficient capacity in the Availability Zone you requested${zone === '' ? '' : ` (${zone})`}. Our system will be working on provisioning additional capacity.`,
  ],
  InsufficientAddressCapacity: [500, () => 'Not enough available addresses to satisfy your minimum request'],
  InsufficientVolumeCapacity: [500, () => 'There is not enough capacity to fulfill your EBS volume provision request'],

  // Limits
  InstanceLimitExceeded: [
    400,
    (wanted: number, left: number) =>
      `You have requested more instances (${wanted}) than your current instance limit of ${left} allows for the specified instance type.`,
  ],
  VcpuLimitExceeded: [
    400,
    (limit: number | '' = '') =>
      `You have requested more vCPU capacity than your current vCPU limit${limit === '' ? '' : ` of ${limit}`} allows for the instance bucket that the specified instance type belongs to.`,
  ],
  VolumeLimitExceeded: [400, (limit: number) => `Maximum number of volumes exceeded: ${limit}`],
  SnapshotLimitExceeded: [400, (limit: number) => `Maximum number of active snapshots allowed: ${limit}`],
  ConcurrentSnapshotLimitExceeded: [400, () => 'Maximum allowed in-progress snapshots for a single volume exceeded.'],
  ResourceLimitExceeded: [400, (what: string) => what],
  AddressLimitExceeded: [400, () => 'The maximum number of addresses has been reached.'],
  VpcLimitExceeded: [400, () => 'The maximum number of VPCs has been reached.'],
  SecurityGroupLimitExceeded: [400, () => 'The maximum number of security groups has been reached.'],
  TagLimitExceeded: [400, () => 'The maximum number of Tags for a resource has been reached.'],
  RulesPerSecurityGroupLimitExceeded: [400, () => 'The maximum number of rules per security group has been reached.'],

  // Instances
  'InvalidInstanceID.NotFound': [400, missing('instance ID', 'instance IDs')],
  'InvalidInstanceID.Malformed': [400, (id: string) => `Invalid id: "${id}"`],
  IncorrectInstanceState: [400, (what: string) => what],
  IncorrectState: [400, (what: string) => what],
  OperationNotPermitted: [400, (what: string) => what],
  InvalidInstanceID: [
    400,
    (id: string, state: string) => `The ${state} instance '${id}' is not in a valid state for this operation.`,
  ],
  UnsupportedHibernationConfiguration: [400, (id: string) => `The instance '${id}' is not configured for hibernation.`],
  InvalidInstanceType: [
    400,
    (...types: string[]) => `The following supplied instance types do not exist: [${types.join(', ')}]`,
  ],
  InvalidInstanceAttributeValue: [400, (what: string) => what],
  InvalidBlockDeviceMapping: [400, (what: string) => what],
  'InvalidLaunchTemplateId.NotFound': [
    400,
    (id: string) => `The specified launch template, with template ID ${id}, does not exist.`,
  ],
  'InvalidLaunchTemplateName.NotFoundException': [
    400,
    (name: string) => `The specified launch template, with template name ${name}, does not exist.`,
  ],
  InvalidUserData: [400, (what: string) => what],

  // Volumes and snapshots
  'InvalidVolume.NotFound': [400, (...ids: string[]) => `${missing('volume', 'volumes')(...ids)}.`],
  'InvalidVolumeID.Malformed': [400, (id: string) => `Invalid id: "${id}"`],
  'InvalidVolume.ZoneMismatch': [
    400,
    (volume: string, instance: string) =>
      `The volume '${volume}' is not in the same availability zone as instance '${instance}'`,
  ],
  VolumeInUse: [400, (volume: string, why = 'is currently attached') => `${volume} ${why}`],
  IncorrectModificationState: [
    400,
    (volume: string, state: string) =>
      `Volume '${volume}' is '${state}': it cannot be modified until that is completed.`,
  ],
  VolumeModificationRateExceeded: [
    400,
    () =>
      "You've reached the maximum modification rate per volume limit. A volume can be modified four times within 24 hours.",
  ],
  'InvalidVolumeModification.NotFound': [
    400,
    (...ids: string[]) => `Modification for volume '${ids.join(', ')}' does not exist.`,
  ],
  UnknownVolumeType: [400, (type: string) => `Unsupported volume type '${type}' for volume creation.`],
  'InvalidZone.NotFound': [400, (zone: string) => `The zone '${zone}' does not exist.`],
  'InvalidSnapshot.NotFound': [400, (...ids: string[]) => `${missing('snapshot', 'snapshots')(...ids)}.`],
  'InvalidSnapshotID.Malformed': [400, (id: string) => `Invalid id: "${id}"`],
  'InvalidSnapshot.InUse': [
    400,
    (snapshot: string, image: string) => `The snapshot ${snapshot} is currently in use by ${image}`,
  ],
  'InvalidAttachment.NotFound': [400, (what: string) => what],

  // Images and keys
  'InvalidAMIID.NotFound': [
    400,
    (...ids: string[]) =>
      `The image id${ids.length === 1 ? '' : 's'} '[${ids.join(', ')}]' do${ids.length === 1 ? 'es' : ''} not exist`,
  ],
  'InvalidAMIID.Malformed': [400, (id: string) => `Invalid id: "${id}" (expecting "ami-...")`],
  'InvalidAMIID.Unavailable': [400, (id: string) => `The image ID '${id}' is no longer available`],
  InvalidAMIAttributeItemValue: [
    400,
    (value: string, attribute: string) => `Invalid attribute item value "${value}" for ${attribute} item type.`,
  ],
  'InvalidAMIName.Duplicate': [400, (name: string, id: string) => `AMI name ${name} is already in use by AMI ${id}`],
  'InvalidAMIName.Malformed': [
    400,
    () =>
      "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, spaces, parentheses (()), periods (.), slashes (/), dashes (-), single quotes ('), at-signs (@), and underscores (_)",
  ],
  'InvalidKeyPair.NotFound': [400, (...names: string[]) => `The key pair '${names.join(', ')}' does not exist`],
  'InvalidKeyPair.Duplicate': [400, (name: string) => `The keypair '${name}' already exists.`],
  'InvalidKeyPair.Format': [400, () => 'Key is not in valid OpenSSH public key format'],

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
} as const satisfies Readonly<Record<string, readonly [status: number, says: (...args: never[]) => string]>>

export type Ec2ErrorCode = keyof typeof ec2Errors
type Says<Code extends Ec2ErrorCode> = (typeof ec2Errors)[Code][1]

/** An error that goes to the client as EC2's error document. */
export class Ec2Error extends Error {
  override readonly name = 'Ec2Error'
  readonly code: Ec2ErrorCode
  /** HTTP status. */
  readonly status: number

  constructor(code: Ec2ErrorCode, status: number, message: string) {
    super(message)
    this.code = code
    this.status = status
  }
}

/** The error of that code, in the words of the table. */
export function ec2Error<Code extends Ec2ErrorCode>(code: Code, ...args: Parameters<Says<Code>>): Ec2Error {
  const [status, says] = ec2Errors[code]
  // The parameters are those of this code's own sentence; the union of all sentences takes none in common.
  return new Ec2Error(code, status, (says as (...given: unknown[]) => string)(...args))
}

export function isEc2ErrorCode(code: string): code is Ec2ErrorCode {
  return Object.hasOwn(ec2Errors, code)
}
