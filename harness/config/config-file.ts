import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { messageOf, UsageError } from '../kernel/index.ts'
import { show } from '../input/index.ts'

/** Names that a configuration may have. */
export const configNames = ['ts', 'mts', 'js', 'mjs', 'json'].map((ending) => `seatrial.config.${ending}`)

/**
 * The configuration of a folder, undefined when it has none.
 *
 * @throws UsageError for several: nobody could say which one counts
 */
export async function findConfig(folder: string): Promise<string | undefined> {
  const entries = await readdir(folder).catch((cause: unknown) => {
    throw new UsageError({ path: folder, given: 'no readable folder', wanted: 'a folder', cause })
  })
  const found = configNames.filter((name) => entries.includes(name))
  if (found.length > 1) {
    throw new UsageError({ path: folder, given: found.join(' and '), wanted: 'one configuration file' })
  }
  return found[0] === undefined ? undefined : resolve(folder, found[0])
}

/**
 * What a configuration file holds, unchecked: the default export, or the JSON.
 *
 * @throws UsageError when the file is missing, broken, or has no object to give
 */
export async function readConfigFile(file: string): Promise<object> {
  const name = basename(file)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError({
      path: file,
      given: 'no readable file',
      wanted: `a configuration, such as ${configNames[0]}`,
      cause,
    })
  })
  const config = extname(file) === '.json' ? parseJson(text, name) : await importDefault(file, name)
  if (typeof config === 'object' && config !== null && !Array.isArray(config)) return config
  throw new UsageError({
    path: name,
    given: config === undefined ? 'no default export' : show(config),
    wanted: extname(file) === '.json' ? 'an object' : 'an object as default export',
    mend: 'Write `export default defineConfig({ ... })`.',
  })
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError({ path: name, given: `a syntax error: ${messageOf(cause)}`, wanted: 'JSON', cause })
  }
}

async function importDefault(file: string, name: string): Promise<unknown> {
  try {
    const module: { readonly default?: unknown } = await import(pathToFileURL(file).href)
    return module.default
  } catch (cause) {
    const broken = isSyntaxError(cause)
    const line =
      lineIn(cause instanceof Error ? cause.stack : '', file) ?? (broken ? await checkedLine(file) : undefined)
    const message =
      messageOf(cause)
        .split('\n')
        .find((part) => part.trim() !== '') ?? 'no message'
    throw new UsageError({
      path: line === undefined ? name : `${name}: line ${line}`,
      given: broken ? `a syntax error: ${message}` : `a module that throws when it is loaded: ${message}`,
      wanted: 'a module that this Node can load',
      mend: 'Mend the file, and what it imports.',
      cause,
    })
  }
}

function isSyntaxError(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return error.name === 'SyntaxError' || code.includes('TYPESCRIPT_SYNTAX')
}

/** Node keeps the line of a JavaScript syntax error to itself, but its own check of the file prints it. */
async function checkedLine(file: string): Promise<string | undefined> {
  const stderr = await new Promise<string>((settle) => {
    execFile(process.execPath, ['--check', file], { timeout: 5_000 }, (_error, _stdout, printed) => settle(printed))
  })
  return lineIn(stderr, file)
}

/** The number behind the first mention of the file: `file:///x/y.ts:3`. */
function lineIn(text: string | undefined, file: string): string | undefined {
  for (const place of [pathToFileURL(file).href, file]) {
    const at = text?.indexOf(`${place}:`) ?? -1
    const line = at < 0 ? undefined : /^\d+/.exec(text?.slice(at + place.length + 1) ?? '')?.[0]
    if (line !== undefined) return line
  }
  return undefined
}
