import type { Json, JsonObject } from '../../../kernel/index.ts'
import type { MockRequest } from '../../core/index.ts'
import type { Device } from '../devices/device.ts'
import type { TplinkSeed } from '../seed.ts'
import type { Accounts, Session } from './accounts.ts'
import { CloudError } from './errors.ts'

/** Everything that one call of a method can see. */
export interface CloudCall {
  readonly request: MockRequest
  readonly seed: TplinkSeed
  readonly accounts: Accounts
  readonly devices: readonly Device[]
  readonly params: JsonObject
  /** Through `/api/v2/...`, with a flat body, in place of `{ method, params }`. */
  readonly newer: boolean
  /** Of the query, as `appName`. */
  readonly query: URLSearchParams
  /** Who calls. @throws CloudError when the token is not good */
  readonly session: () => Session
  /** Asks a device. @throws CloudError */
  readonly ask: (device: Device, request: JsonObject) => JsonObject
  /** The endpoint's own effect on this call, such as `empty-list`. */
  readonly effect?: string | undefined
}

export interface CloudMethod {
  readonly cloudMethod: true
  readonly name: string
  /** Paths of the newer API that do the same. */
  readonly paths: readonly string[]
  /** Returns the `result`. @throws CloudError */
  readonly run: (call: CloudCall) => JsonObject
}

export function cloudMethod(definition: Omit<CloudMethod, 'cloudMethod'>): CloudMethod {
  return { cloudMethod: true, ...definition }
}

export function isCloudMethod(value: unknown): value is CloudMethod {
  return typeof value === 'object' && value !== null && 'cloudMethod' in value && value.cloudMethod === true
}

/** A parameter that must be there and be text. @throws CloudError */
export function textParam(params: JsonObject, name: string): string {
  const value: Json | undefined = params[name]
  if (value === undefined || value === null || value === '') throw new CloudError('parameter-missing')
  if (typeof value !== 'string') throw new CloudError('parameter-type')
  return value
}

/** The device that a call names, if the caller's account has it. @throws CloudError */
export function deviceParam({ params, devices, session }: CloudCall): Device {
  const { account } = session()
  const id = textParam(params, 'deviceId')
  const device = devices.find((each) => each.id === id)
  if (device === undefined || device.owner?.toLowerCase() !== account.seed.email.toLowerCase()) {
    throw new CloudError('device-not-bound')
  }
  return device
}
