/**
 * Error codes of the cloud with their messages as it writes them, spelling included.
 *
 * Codes and words: the vendor's own table of 2014, and answers recorded in the issue threads of clients since. Two
 * codes mean different things there: -20675 was "Account login in other places", and clients of today read it as a
 * locked account; both stand here, each where it is given.
 */
export const cloudErrors = {
  'generic-error': { code: -10000, msg: 'Generic error' },
  'json-format': { code: -10100, msg: 'JSON format error' },
  'json-null': { code: -10101, msg: 'JSON body is NULL' },
  'ip-rate-limited': { code: -10200, msg: 'IP requests out of rate limit' },
  'user-rate-limited': { code: -10201, msg: 'User requests out of rate limit' },
  'server-error': { code: -20000, msg: 'Server internal error' },
  'permission-denied': { code: -20001, msg: 'Permission denied' },
  'request-timeout': { code: -20002, msg: 'Request timeout' },
  'server-busy': { code: -20003, msg: 'Server busy' },
  'rate-limited': { code: -20004, msg: 'API rate limit exceeded' },
  'method-unknown': { code: -20103, msg: 'The method does not exist or is not available' },
  'parameter-missing': { code: -20104, msg: "Parameter doesn't exist" },
  'parameter-type': { code: -20105, msg: 'Parameter has different type with value' },
  'parameter-range': { code: -20106, msg: 'The value is out of the range for parameter' },
  'parameter-invalid': { code: -20107, msg: 'Parameter is invalid' },
  'email-format': { code: -20200, msg: 'E-mail format error' },
  'device-id-format': { code: -20500, msg: 'Device id format error' },
  'device-unknown': { code: -20501, msg: 'Device id not found' },
  'device-offline': { code: -20571, msg: 'Device is offline' },
  'alias-format': { code: -20572, msg: 'Device alias format error' },
  'device-not-bound': { code: -20580, msg: 'Account is not binded to the device' },
  'account-unknown': { code: -20600, msg: 'Account not found' },
  'password-wrong': { code: -20601, msg: 'Incorrect email or password' },
  'account-inactive': { code: -20602, msg: 'Account inactive' },
  'token-expired': { code: -20651, msg: 'Token expired' },
  'token-wrong': { code: -20652, msg: 'Token incorrect' },
  'refresh-token-expired': { code: -20655, msg: 'Refresh token expired' },
  'refresh-token-wrong': { code: -20656, msg: 'Refresh token incorrect' },
  'account-locked-2014': { code: -20661, msg: 'Account locked' },
  'account-locked': { code: -20675, msg: 'Account locked' },
  'login-elsewhere': { code: -20675, msg: 'Account login in other places' },
  'mfa-code-wrong': { code: -20676, msg: 'Verification code ineffective' },
  'mfa-required': { code: -20677, msg: 'MFA required' },
  'app-unknown': { code: -23001, msg: 'app not found' },
  'app-too-old': { code: -23003, msg: 'App version is too old' },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly msg: string }>>

export type CloudErrorName = keyof typeof cloudErrors

/** Ends the handling of a request with one of the cloud's own errors. */
export class CloudError extends Error {
  readonly kind: CloudErrorName
  /** Some errors carry a result beside their code: which second factor is wanted. */
  readonly result: Readonly<Record<string, unknown>> | undefined

  constructor(kind: CloudErrorName, result?: Readonly<Record<string, unknown>>) {
    super(cloudErrors[kind].msg)
    this.name = 'CloudError'
    this.kind = kind
    this.result = result
  }
}

export function isCloudErrorName(name: string): name is CloudErrorName {
  return Object.hasOwn(cloudErrors, name)
}
