import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { run } from '../bootstrap/run.mjs'

/**
 * `npm run check [name ...]`: every script of package.json whose name begins with `check:`, as
 * many at a time as there are cores. One line each, and in full only what failed. Exit code 1
 * when one failed, 3 for a name that is none of them.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
/** @type {{ scripts: Record<string, string> }} */
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const all = Object.keys(scripts).flatMap((name) => (name.startsWith('check:') ? [name.slice('check:'.length)] : []))
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !all.includes(name))

if (unknown.length > 0) {
  process.stderr.write(`npm run check: given ${unknown.join(', ')}, wanted any of ${all.join(', ')}\n`)
  process.exitCode = 3
} else {
  const since = performance.now()
  const waiting = asked.length === 0 ? [...all] : asked
  const count = waiting.length
  /** @type {string[]} */
  const failed = []
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      if (!(await passes(name))) failed.push(name)
    }
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work))
  const word = failed.length === 0 ? 'all passed' : `failed: ${failed.toSorted().join(', ')}`
  process.stdout.write(`${count} checks in ${seconds(since)}, ${word}\n`)
  if (failed.length > 0) process.exitCode = 1
}

/** @param {string} name */
async function passes(name) {
  const since = performance.now()
  const bin = join(root, 'node_modules', '.bin')
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` }
  const ran = await run(['sh', '-c', scripts[`check:${name}`] ?? 'exit 1'], { limitMs: 120_000, env, cwd: root })
  process.stdout.write(`${ran.ok ? 'ok  ' : 'FAIL'} ${name.padEnd(10)} ${seconds(since)}\n`)
  if (!ran.ok) process.stdout.write(`${ran.output.trimEnd()}\n`)
  if (!ran.ok && !ran.ended.startsWith('ended with exit code')) process.stdout.write(`${ran.ended}\n`)
  return ran.ok
}

/** @param {number} since */
function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1).padStart(5)} s`
}
