import type { Root } from '../root/root.ts'
import { followed } from '../root/root.ts'
import { groundOf } from './unit-paths.ts'
import type { Units } from './units.ts'

/** What the first line of a script asks for. Source: execve(2), "Interpreter scripts". */
export interface Script {
  /** The program, or the name that `env` looks for. */
  readonly interpreter: string
  readonly found: boolean
  /** The line ends with a carriage return, which is then a part of the name. */
  readonly returns: boolean
}

/** Where systemd looks for programs: systemd.exec(5), PATH. */
const searched = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** The scripts among the programs of units, by their paths. */
export async function readScripts(root: Root, units: Units): Promise<ReadonlyMap<string, Script>> {
  const programs = [...units.byName.values()]
    .filter(({ state }) => state === 'loaded')
    .flatMap(groundOf)
    .filter(({ kind }) => kind === 'program')
  const paths = [...new Set(programs.map(({ path }) => path))]
  const scripts = await Promise.all(paths.map(async (path) => [path, await scriptAt(root, path)] as const))
  return new Map(scripts.flatMap(([path, script]) => (script === undefined ? [] : [[path, script] as const])))
}

async function scriptAt(root: Root, path: string): Promise<Script | undefined> {
  const [, interpreter = '', word = '', end = ''] =
    /^#!\s*(\S+)(?:[ \t]+([^\s-]\S*))?[^\r\n]*?(\r?)(?:\n|$)/.exec((await root.begins(path)) ?? '') ?? []
  if (interpreter === '') return undefined
  const byName = interpreter.endsWith('/env') && word !== '' && !word.includes('=')
  const places = byName ? searched.map((folder) => `${folder}/${word}`) : [interpreter]
  return {
    interpreter: byName ? word : interpreter,
    found: await isAnyThere(root, places),
    returns: end === '\r',
  }
}

async function isAnyThere(root: Root, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) {
    const at = await followed(root, path)
    if (at !== undefined && (await root.entry(at)) !== undefined) return true
  }
  return false
}
