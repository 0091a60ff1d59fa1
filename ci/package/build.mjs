import { rmSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { describe, run } from '../bootstrap/run.mjs'
import { sayTrouble, Trouble } from '../bootstrap/say.mjs'

/** `npm run build`: JavaScript and declarations in dist/, without what an earlier build left there. */
const root = fileURLToPath(new URL('../..', import.meta.url))
rmSync(`${root}/dist`, { recursive: true, force: true })
const ran = await run(['tsc', '-p', 'tsconfig.build.json'], { limitMs: 120_000, env: process.env, cwd: root })
if (!ran.ok) {
  sayTrouble(new Trouble(describe(ran), 'npm run check shows all of it'))
  process.exitCode = 1
}
