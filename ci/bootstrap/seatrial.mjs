#!/usr/bin/env node
/**
 * The `seatrial` command, and the first step of `npm start` and `npm test`. Plain JavaScript
 * without dependencies, because a bare clone has nothing else and its Node may be old:
 *
 *     packages  -->  pinned Node  -->  [--with: engine, base image, browser]  -->  harness/cli/main.ts
 *
 * On a machine that has everything, each arrow is a look and the harness runs in this process.
 */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArguments } from './arguments.mjs'
import { findNode } from './node.mjs'
import { launch } from './launch.mjs'
import { sayTrouble } from './say.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const source = join(root, 'harness', 'cli', 'main.ts')
const fromSource = existsSync(source)

const given = parseArguments(process.argv.slice(2))
if ('wrong' in given) {
  sayTrouble(given.wrong)
  process.exitCode = 3
} else {
  try {
    const { ensurePackages } = await import('./packages.mjs')
    const installed = fromSource && (await ensurePackages(root, process.env))
    const node = findNode(root, { fromSource })
    if (given.wanted.length > 0) {
      const [{ prepare }, { thisHost }] = await Promise.all([import('./prepare.mjs'), import('./host.mjs')])
      Object.assign(process.env, (await prepare(thisHost(), given.wanted)).env)
    }
    const main = fromSource ? source : join(root, 'dist', 'cli', 'main.js')
    await launch({ node, main, args: given.rest, root, fresh: installed })
  } catch (error) {
    sayTrouble(error)
    process.exitCode = 2
  }
}
