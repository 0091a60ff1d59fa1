import type { MockRequest } from '../core/index.ts'

/** The request of an interceptor inside the process, which has it in the shape of the Fetch Standard. */
export async function fromFetch(request: Request): Promise<MockRequest> {
  const url = new URL(request.url)
  return {
    method: request.method,
    target: `${url.pathname}${url.search}`,
    host: request.headers.get('host') ?? url.host,
    scheme: url.protocol === 'https:' ? 'https' : 'http',
    fields: [...request.headers],
    body: new Uint8Array(await request.arrayBuffer()),
  }
}

/** What a client sees when its connection is reset. */
export function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
}
