import type { Json, JsonObject } from '../../../kernel/index.ts'
import type { MockRequest } from '../../core/index.ts'
import { pathOf, queryOf } from '../../core/index.ts'
import { cleanToken } from '../front.ts'
import { isObject, parseJson } from '../json.ts'
import type { CloudMethod } from './cloud-method.ts'
import { CloudError } from './errors.ts'

export interface CloudRequest {
  readonly method: CloudMethod
  readonly params: JsonObject
  readonly query: URLSearchParams
  readonly token: string | undefined
  readonly newer: boolean
}

/** A name that no method has. */
export class UnknownMethod extends CloudError {
  readonly given: string

  constructor(given: string) {
    super('method-unknown')
    this.given = given
  }
}

const newerPrefix = '/api/v2/'

/**
 * What a request asks for. The body is JSON whatever its Content-Type says: form type is what curl sends when nobody
 * names another, and the cloud never minded.
 *
 * @throws CloudError for what it cannot make out
 */
export function readRequest(request: MockRequest, methods: ReadonlyMap<string, CloudMethod>): CloudRequest {
  const path = pathOf(request)
  const query = new URLSearchParams(queryOf(request))
  const newer = path.startsWith(newerPrefix)
  if (!newer && path !== '/') throw new UnknownMethod(path.slice(0, 100))
  if (request.method !== 'POST') throw new UnknownMethod(`${request.method} ${path}`.slice(0, 100))
  if (newer) {
    const method = [...methods.values()].find(({ paths }) => paths.includes(path))
    if (method === undefined) throw new UnknownMethod(path.slice(0, 100))
    const params = objectOf(parsed(request.body))
    return { method, params, query, newer, token: tokenOf(query, params) }
  }
  const body = objectOf(parsed(request.body))
  const { method: name, params: given } = body
  if (name === undefined) throw new CloudError('method-unknown')
  if (typeof name !== 'string') throw new CloudError('parameter-type')
  const method = methods.get(name)
  if (method === undefined) throw new UnknownMethod(name.slice(0, 100))
  const params = given === undefined || given === null ? {} : given
  if (!isObject(params)) throw new CloudError('parameter-type')
  return { method, params, query, newer, token: tokenOf(query, params) }
}

function tokenOf(query: URLSearchParams, params: JsonObject): string | undefined {
  const { token } = params
  const given = query.get('token') ?? (typeof token === 'string' ? token : undefined)
  return given === undefined ? undefined : cleanToken(given)
}

function parsed(body: Uint8Array): Json | undefined {
  // White space and a NUL behind the JSON are what some microcontrollers leave there.
  return parseJson(new TextDecoder().decode(body).replace(/[\s\0]+$/, ''))
}

function objectOf(body: Json | undefined): JsonObject {
  if (body === null) throw new CloudError('json-null')
  if (!isObject(body)) throw new CloudError('json-format')
  return body
}
