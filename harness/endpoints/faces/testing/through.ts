import { createEndpoint } from '../../core/create.ts'
import { serveEndpoint } from '../server.ts'
import { conversations } from './conversations.ts'
import { converse } from './converse.ts'

/**
 * `node through.ts msw|nock|server`: every conversation through one face, as JSON on standard output. A process for
 * each, because msw and nock cannot be active in one.
 */
const face = process.argv[2]
const heard: unknown[] = []
for (const { kind, options, asked } of conversations) {
  const endpoint = await createEndpoint(kind, options)
  // Hosts of the fixtures that the real service does not have.
  const also = [/http:\/\/[a-z.-]+\.invalid/]
  if (face === 'server') {
    await using server = await serveEndpoint(endpoint)
    for (const each of asked) heard.push(await converse(each, server))
  } else if (face === 'msw') {
    const [{ setupServer }, { mswHandlers }] = await Promise.all([import('msw/node'), import('../msw.ts')])
    const server = setupServer(...mswHandlers(endpoint, { also }))
    server.listen({ onUnhandledFrame: 'error' })
    for (const each of asked) heard.push(await converse(each))
    server.close()
  } else {
    const [{ default: nock }, { nockScopes }] = await Promise.all([import('nock'), import('../nock.ts')])
    nock.disableNetConnect()
    nockScopes(endpoint, { also })
    for (const each of asked) heard.push(await converse(each))
    nock.cleanAll()
  }
}
process.stdout.write(JSON.stringify(heard))
