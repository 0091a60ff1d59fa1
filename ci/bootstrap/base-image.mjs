import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aptInstall } from './apt.mjs'
import { ask } from './engine-api.mjs'
import { findCommand, isDebian } from './host.mjs'
import { describe, run } from './run.mjs'
import { messageOf, say, took, Trouble } from './say.mjs'

const name = 'debian'
const tag = 'bookworm-slim'
const baseImage = `${name}:${tag}`

/**
 * The image that ours are built from: there, else pulled, else made from Debian's packages.
 *
 * @param {import('./host.mjs').Host} host @param {import('./endpoints.mjs').Endpoint} engine
 * @throws {Trouble}
 */
export async function ensureBaseImage(host, engine) {
  if (await isThere(engine)) return
  if (!host.mayInstall) {
    throw new Trouble(
      `the image ${baseImage} is not there, and SEATRIAL_NO_INSTALL forbids to fetch or make it`,
      'env -u SEATRIAL_NO_INSTALL npm run bootstrap',
    )
  }
  const refused = await pull(engine)
  if (refused === undefined) return
  say(`${baseImage} cannot be pulled: ${refused}`)
  if (!host.root || !isDebian(host)) {
    throw new Trouble(
      `the image ${baseImage} is not there and cannot be made without root on Debian or Ubuntu`,
      `docker pull ${baseImage}`,
    )
  }
  await make(host, engine)
}

/** @param {import('./endpoints.mjs').Endpoint} engine */
async function isThere(engine) {
  try {
    return (await ask(engine, { path: `/images/${baseImage}/json`, idleMs: 5_000 })).status === 200
  } catch (error) {
    throw new Trouble(
      `the engine at ${engine.url} does not tell its images: ${messageOf(error)}`,
      'npx seatrial doctor',
    )
  }
}

/**
 * Silence is capped, not the whole: a firewall that drops packets would hang, a slow line would not.
 *
 * @param {import('./endpoints.mjs').Endpoint} engine
 * @returns {Promise<string | undefined>} why it could not be pulled
 */
async function pull(engine) {
  const since = performance.now()
  say(`pulling ${baseImage}`)
  try {
    const path = `/images/create?fromImage=${name}&tag=${tag}`
    const answer = await ask(engine, { method: 'POST', path, idleMs: 20_000 })
    if (await isThere(engine)) {
      say(`pulled in ${took(since)}`)
      return undefined
    }
    return answer.body.trim().split('\n').at(-1)?.slice(0, 300) ?? `status ${answer.status}`
  } catch (error) {
    return messageOf(error)
  }
}

/** @param {import('./host.mjs').Host} host @param {import('./endpoints.mjs').Endpoint} engine */
async function make(host, engine) {
  if (findCommand(host, 'mmdebstrap') === undefined) {
    await aptInstall(host, ['mmdebstrap', 'debian-archive-keyring'], 'which makes the base image')
  }
  const since = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-base-'))
  try {
    // By way of a file: behind a pipe, half an image would look like a whole one.
    const file = join(folder, 'root.tar')
    say(`making ${baseImage} from Debian's packages with mmdebstrap (half a minute, once)`)
    const ran = await run(['mmdebstrap', '--variant=minbase', 'bookworm', file], { limitMs: 600_000, env: host.env })
    if (!ran.ok) throw new Trouble(describe(ran), 'npm run bootstrap')
    const path = `/images/create?fromSrc=-&repo=${name}&tag=${tag}`
    const answer = await ask(engine, { method: 'POST', path, idleMs: 120_000, body: createReadStream(file) })
    if (!(await isThere(engine)))
      throw new Trouble(`the engine did not take the image: ${answer.body}`, 'npm run bootstrap')
    say(`made in ${took(since)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
