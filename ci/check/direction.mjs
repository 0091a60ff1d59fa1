import { existsSync, globSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import './using-declarations.mjs'
import { forbidden, options } from '../../.dependency-cruiser.mjs'

/**
 * `node ci/check/direction.mjs [root]`: who imports whom, held to `.dependency-cruiser.mjs`. Also that the tool saw every file and
 * could read it: alone beside TypeScript 7 it knows no parser, sees nothing, and calls that good.
 */
const { cruise, format } = await import('dependency-cruiser')
process.chdir(process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url)))

const folders = ['harness', 'suites', 'fixtures', 'ci'].filter((folder) => existsSync(folder))
const { output } = await cruise(folders, { ...options, validate: true, ruleSet: { forbidden } })
if (typeof output === 'string') throw new Error('dependency-cruiser answered with text')

const expected = globSync(folders.map((folder) => `${folder}/**/*.{ts,mjs}`)).filter((file) => !file.endsWith('.d.ts'))
const seen = new Map(output.modules.map(({ source, dependencies }) => [source, dependencies.length]))
const unseen = expected.filter((file) => !seen.has(file))
const importsSeen = expected.reduce((sum, file) => sum + (seen.get(file) ?? 0), 0)
const blind = [
  ...unseen.map((file) => `not seen: ${file}`),
  // Nearly every file imports something; files without imports in sight are files not understood.
  ...(importsSeen > expected.length ? [] : [`only ${importsSeen} imports seen in ${expected.length} files`]),
]

process.stdout.write(`${blind.join('\n')}${blind.length === 0 ? '' : '\n'}`)
if (output.summary.error > 0) {
  const told = await format(output, { outputType: 'err-long' })
  // Behind the marks it warns of the missing compiler, which is why swc is there.
  if (typeof told.output === 'string') process.stdout.write(`${told.output.split('\n‼')[0]}\n`)
}
if (blind.length > 0 || output.summary.error > 0) process.exitCode = 1
else process.stdout.write(`${expected.length} files, ${importsSeen} imports\n`)
