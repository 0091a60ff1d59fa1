import type { EngineFacts } from './engine.ts'
import { requireEngine } from './engine.ts'
import type * as Library from './shaped-container.ts'

let loading: Promise<typeof Library> | undefined

/**
 * The one door to Testcontainers. It is loaded at the first use, because commands that need no
 * engine should start fast, and after the settings that it reads when it is loaded:
 * no Ryuk (it is an image to pull; our reaper does its work) and the engine that we found.
 */
export async function testcontainers(): Promise<typeof Library> {
  const engine = await requireEngine()
  loading ??= load(engine)
  return loading
}

async function load({ endpoint, sharesLoopback }: EngineFacts): Promise<typeof Library> {
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true'
  process.env['DOCKER_HOST'] = endpoint.uri
  if (endpoint.certificates !== undefined) {
    process.env['DOCKER_TLS_VERIFY'] = '1'
    process.env['DOCKER_CERT_PATH'] = endpoint.certificates
  }
  // It would guess from /.dockerenv, which may be there on the engine's own host.
  if (sharesLoopback) process.env['TESTCONTAINERS_HOST_OVERRIDE'] ??= '127.0.0.1'
  return import('./shaped-container.ts')
}
