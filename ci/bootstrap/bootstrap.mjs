import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { thisHost } from './host.mjs'
import { findNode } from './node.mjs'
import { ensurePackages } from './packages.mjs'
import { preparations } from './preparations.mjs'
import { prepare } from './prepare.mjs'
import { say, sayTrouble } from './say.mjs'

/** `npm run bootstrap`: gets everything ready and runs nothing. Exit code 2 when something is missing. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
try {
  await ensurePackages(root, process.env)
  findNode(root, { fromSource: true })
  const { complete } = await prepare(thisHost(), preparations)
  if (complete) say('ready: packages, Node, engine, base image, browser')
  else process.exitCode = 2
} catch (error) {
  sayTrouble(error)
  process.exitCode = 2
}
