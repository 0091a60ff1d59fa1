import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import process from 'node:process'

/** As much of a container engine as the bootstrap asks: it answers, and has the base image or not. */
const [folder = '', pull = 'refuses'] = process.argv.slice(2)
const image = join(folder, 'image')

createServer((request, response) => {
  appendFileSync(join(folder, 'calls'), `engine ${request.method} ${request.url}\n`)
  const answer = (/** @type {number} */ status, /** @type {string} */ text) => {
    response.writeHead(status)
    response.end(text)
  }
  let received = ''
  request.on('data', (chunk) => (received += chunk))
  request.on('end', () => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://docker')
    if (pathname === '/_ping') answer(200, 'OK')
    else if (pathname === '/images/debian:bookworm-slim/json') answer(existsSync(image) ? 200 : 404, '{}')
    else if (searchParams.has('fromSrc') || pull === 'works') {
      writeFileSync(image, received)
      answer(200, '{"status":"done"}\n')
    } else answer(500, '{"message":"lookup of the registry: no such host"}\n')
  })
}).listen(join(folder, 'docker.sock'))
