/** A field as it stands on the wire, or is to stand there. */
export type Field = readonly [name: string, value: string]

/** A request as an endpoint sees it, whichever face it came through. */
export interface MockRequest {
  readonly method: string
  /** Path and query as on the request line, undecoded: signatures are made over exactly this. */
  readonly target: string
  /** The Host field, with a port where it has one. */
  readonly host: string
  readonly scheme: 'http' | 'https'
  /** In the order in which they came; duplicates stay separate. */
  readonly fields: readonly Field[]
  readonly body: Uint8Array
  /** Address of the peer, where there is a socket. */
  readonly peer?: string
}

export interface MockReply {
  readonly status: number
  /** All that the endpoint has to say; Content-Length, Date and Connection are the face's. */
  readonly fields: readonly Field[]
  /** Text goes out as UTF-8. */
  readonly body: string | Uint8Array
}

/** What becomes of a request: an answer, or one of the ways in which an answer fails to come. */
export type Delivery =
  | { readonly kind: 'reply'; readonly reply: MockReply; readonly afterMs?: number }
  /** So many bytes of the body, then the connection is closed. */
  | { readonly kind: 'cut'; readonly reply: MockReply; readonly bytes: number; readonly afterMs?: number }
  | { readonly kind: 'reset'; readonly afterMs?: number }
  /** Nothing, for as long as the client waits. */
  | { readonly kind: 'silence' }

/** The value of the first field of that name, whatever its case. */
export function fieldOf(request: Pick<MockRequest, 'fields'>, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return request.fields.find(([each]) => each.toLowerCase() === wanted)?.[1]
}

/** Every value of that name, in order. */
export function fieldsOf(request: Pick<MockRequest, 'fields'>, name: string): string[] {
  const wanted = name.toLowerCase()
  return request.fields.filter(([each]) => each.toLowerCase() === wanted).map(([, value]) => value)
}

/** The path of a target, without its query; an absolute-form target is read too. */
export function pathOf({ target }: Pick<MockRequest, 'target'>): string {
  const path = target.replace(/^https?:\/\/[^/?]*/i, '').split('?', 1)[0] ?? ''
  return path === '' ? '/' : path
}

/** What stands behind the first question mark of a target, or nothing. */
export function queryOf({ target }: Pick<MockRequest, 'target'>): string {
  const at = target.indexOf('?')
  return at === -1 ? '' : target.slice(at + 1)
}

export function reply(status: number, fields: readonly Field[], body: string | Uint8Array = ''): Delivery {
  return { kind: 'reply', reply: { status, fields, body } }
}

export function jsonReply(status: number, value: unknown): Delivery {
  return reply(status, [['Content-Type', 'application/json']], `${JSON.stringify(value)}\n`)
}

export function bodyBytes({ body }: Pick<MockReply, 'body'>): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body
}
