import type { Delivery, Endpoint } from '../../core/index.ts'
import { bodyBytes } from '../../core/index.ts'

export interface CloudAnswer {
  readonly error_code: number
  readonly msg?: string
  readonly result?: Record<string, unknown>
}

export interface Way {
  readonly host?: string
  readonly token?: string
  readonly path?: string
  readonly fields?: readonly (readonly [string, string])[]
}

export const skipper = { cloudUserName: 'skipper@example.com', cloudPassword: 'fair winds' }
export const terminal = { appType: 'Kasa_Android', terminalUUID: '7f6f4f0a-0000-4000-8000-000000000001' }

/** Sends a body through the core, without a face. */
export async function deliver(endpoint: Endpoint, body: string, way: Way = {}): Promise<Delivery> {
  const query = way.token === undefined ? '' : `?token=${encodeURIComponent(way.token)}`
  return endpoint.answer({
    method: 'POST',
    target: `${way.path ?? '/'}${query}`,
    host: way.host ?? '127.0.0.1:8080',
    scheme: 'http',
    fields: way.fields ?? [['Content-Type', 'application/json']],
    body: new TextEncoder().encode(body),
  })
}

/** @throws TypeError when there is no whole answer */
export async function ask(endpoint: Endpoint, body: unknown, way: Way = {}): Promise<CloudAnswer> {
  const delivery = await deliver(endpoint, typeof body === 'string' ? body : JSON.stringify(body), way)
  if (delivery.kind !== 'reply') throw new TypeError(`there was no answer but ${delivery.kind}`)
  const answer: CloudAnswer = JSON.parse(new TextDecoder().decode(bodyBytes(delivery.reply)))
  return answer
}

/** A token for an account; the default seed's unless another is named. */
export async function tokenFor(endpoint: Endpoint, params: object = {}): Promise<string> {
  const { result } = await ask(endpoint, { method: 'login', params: { ...terminal, ...skipper, ...params } })
  return String(result?.['token'])
}

export async function deviceIds(endpoint: Endpoint, token: string): Promise<string[]> {
  const { result } = await ask(endpoint, { method: 'getDeviceList' }, { token })
  const list = result?.['deviceList']
  return Array.isArray(list) ? list.map((device: { deviceId: string }) => device.deviceId) : []
}

/** Hands a request, or its text, on to a device; the text of what came back. */
export async function passOn(
  endpoint: Endpoint,
  token: string,
  deviceId: string,
  request: unknown,
  way: Way = {},
): Promise<string> {
  const params = { deviceId, requestData: typeof request === 'string' ? request : JSON.stringify(request) }
  const answer = await ask(endpoint, { method: 'passthrough', params }, { token, ...way })
  return typeof answer.result?.['responseData'] === 'string' ? answer.result['responseData'] : JSON.stringify(answer)
}

/** What a device answered to one method, out of the text of its whole answer. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what the method answers
export function answerTo<T>(text: string, module: string, method: string): T {
  const answers: Record<string, Record<string, T>> = JSON.parse(text)
  const answer = answers[module]?.[method]
  if (answer === undefined) throw new TypeError(`${module}.${method} is not in ${text}`)
  return answer
}

export interface StripInfo {
  readonly alias: string
  readonly deviceId: string
  readonly children: readonly { readonly id: string; readonly alias: string; readonly state: number }[]
}
