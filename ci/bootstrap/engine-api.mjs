import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { request as requestTls } from 'node:https'
import { join } from 'node:path'

/**
 * One request to a container engine, over its socket: the command line of an engine is a
 * package of its own in some distributions, and starting it costs more than the whole answer.
 *
 * @typedef {{ status: number, body: string }} Answer
 *
 * @param {import('./endpoints.mjs').Endpoint} endpoint
 * @param {{ method?: string, path: string, idleMs: number, body?: import('node:stream').Readable }} question
 *   idleMs: longest silence before we give up
 * @returns {Promise<Answer>}
 */
export function ask(endpoint, { method = 'GET', path, idleMs, body }) {
  return new Promise((resolve, reject) => {
    const { send, options } = transport(endpoint)
    const call = send({ ...options, method, path, agent: false, headers: { host: 'docker' } }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => (text = (text + chunk).slice(-64 * 1024)))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }))
      answer.on('error', reject)
    })
    call.setTimeout(idleMs, () => call.destroy(new Error(`no answer for ${idleMs / 1000} s`)))
    call.on('error', reject)
    if (body === undefined) call.end()
    else body.on('error', (error) => call.destroy(error)).pipe(call)
  })
}

/**
 * @param {import('./endpoints.mjs').Endpoint} endpoint
 * @returns {{ send: typeof request, options: import('node:https').RequestOptions }}
 */
function transport({ url, certificates }) {
  if (!URL.canParse(url)) throw new Error('no such context')
  const { protocol, pathname, hostname, port } = new URL(url)
  if (protocol === 'unix:') return { send: request, options: { socketPath: pathname } }
  if (!['tcp:', 'http:', 'https:'].includes(protocol)) {
    throw new Error(`engines behind ${protocol}// cannot be reached; forward their socket and set DOCKER_HOST to it`)
  }
  if (certificates === undefined) return { send: request, options: { hostname, port: port || '2375' } }
  const pem = (/** @type {string} */ name) => readFileSync(join(certificates, `${name}.pem`))
  const options = { hostname, port: port || '2376', ca: pem('ca'), cert: pem('cert'), key: pem('key') }
  return { send: requestTls, options }
}
