import { instanceErrors } from './errors/instances.ts'
import { limitErrors } from './errors/limits.ts'
import { networkErrors } from './errors/networks.ts'
import { requestErrors } from './errors/requests.ts'
import { storageErrors } from './errors/storage.ts'

/**
 * Every error code that the mocked EC2 gives, with its HTTP status and its sentence. Codes and statuses are those of
 * the EC2 API reference, "Error codes for the Amazon EC2 API"; sentences are what the service is known to write, because
 * scripts match on them.
 */
export const ec2Errors = {
  ...requestErrors,
  ...limitErrors,
  ...instanceErrors,
  ...storageErrors,
  ...networkErrors,
} as const

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
