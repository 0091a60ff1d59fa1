import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { describe, run } from '../bootstrap/run.mjs'
import { say, sayTrouble, Trouble } from '../bootstrap/say.mjs'

/**
 * `npm run package [folder]`: makes the tarball that is published, in `dist-package/` or in the
 * folder. By way of a copy, because its package.json differs: users bring their own Node, and
 * have no use for our scripts and development tools. (A prepack/postpack pair would not do:
 * `npm publish` sends the registry the package.json that stands after postpack.)
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const destination = process.argv[2] ?? join(root, 'dist-package')
const stage = mkdtempSync(join(tmpdir(), 'seatrial-package-'))
try {
  const {
    scripts: _s,
    devDependencies: _d,
    optionalDependencies: _o,
    ...published
  } = /** @type {{ files: string[] } & Record<string, unknown>} */ (
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  )
  await must(['npm', 'run', 'build'], 120_000)
  // What is published stands once, in package.json; a pattern there is one of files in its folder.
  const files = published.files.filter((file) => !file.startsWith('!')).map((file) => file.replace(/\/[^/]*\*.*$/, ''))
  for (const path of [...files, 'README.md', 'LICENSE']) {
    if (existsSync(join(root, path))) cpSync(join(root, path), join(stage, path), { recursive: true })
  }
  stripTypes(join(stage, 'fixtures'))
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(published, null, 2)}\n`)
  mkdirSync(destination, { recursive: true })
  const { output } = await must(['npm', 'pack', stage, '--pack-destination', destination, '--silent'], 60_000)
  process.stdout.write(`${join(destination, output.trim().split('\n').at(-1) ?? '')}\n`)
} catch (error) {
  sayTrouble(error)
  process.exitCode = 2
} finally {
  rmSync(stage, { recursive: true, force: true })
}

/** Node strips no types under node_modules, so what is code there goes as JavaScript. @param {string} folder */
function stripTypes(folder) {
  for (const file of globSync(join(folder, '**/*.ts'))) {
    const script = stripTypeScriptTypes(readFileSync(file, 'utf8')).replaceAll(/(from '\.[^']*\.)ts'/g, "$1js'")
    writeFileSync(file.replace(/ts$/, 'js'), script)
    rmSync(file)
  }
}

/** @param {readonly [string, ...string[]]} command @param {number} limitMs */
async function must(command, limitMs) {
  say(command.join(' '))
  const ran = await run(command, { limitMs, env: process.env, cwd: root })
  if (!ran.ok) throw new Trouble(describe(ran), 'mend what it complains of')
  return ran
}
