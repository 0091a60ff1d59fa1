import type { ErrorTable } from './sentence.ts'

/** Of the request itself, whatever it asks for, and of the service. */
export const requestErrors = {
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
} as const satisfies ErrorTable
