import type { UnitFile } from './units.ts'
import { valuesOf } from './units.ts'

/** A file or folder that a unit cannot start without. */
export interface Ground {
  readonly kind: 'program' | 'environment file' | 'working directory' | 'sandbox path'
  readonly path: string
  /** Started with all rights, whatever `User=` says: `+`. */
  readonly privileged?: boolean
  /** Of the setting. */
  readonly file: string
  readonly line: number
}

const commands = ['ExecCondition', 'ExecStartPre', 'ExecStart', 'ExecStartPost']
const sandboxed = ['ReadWritePaths', 'ReadOnlyPaths', 'InaccessiblePaths', 'ExecPaths', 'NoExecPaths']
/** Specifiers and variables are known only when it runs. */
export const isKnownPath = (path: string): boolean => path.startsWith('/') && !/[%$*?[\]]/.test(path)

/** What a service stands on: programs, environment files, its folder; what it passes over in silence (`-`) left out. */
export function groundOf(unit: UnitFile): readonly Ground[] {
  const programs = commands.flatMap((name) =>
    valuesOf(unit, 'Service', name).flatMap(({ value, path: file, line }): Ground[] => {
      const [, marks = '', path = ''] = /^([-@:+!|]*)\s*"?([^\s"]+)/.exec(value) ?? []
      return isKnownPath(path) && !marks.includes('-')
        ? [{ kind: 'program', path, file, line, ...(marks.includes('+') && { privileged: true }) }]
        : []
    }),
  )
  const others = [
    ['EnvironmentFile', 'environment file'],
    ['WorkingDirectory', 'working directory'],
  ] as const
  const files = others.flatMap(([name, kind]) =>
    valuesOf(unit, 'Service', name).flatMap(({ value, path: file, line }): Ground[] =>
      isKnownPath(value) ? [{ kind, path: value.replace(/\/+$/, '') || '/', file, line }] : [],
    ),
  )
  // systemd makes the namespace of a service out of paths that are there; `-` passes over those that are not.
  const sandbox = sandboxed.flatMap((name) =>
    valuesOf(unit, 'Service', name).flatMap(({ value, path: file, line }) =>
      value
        .split(/\s+/)
        .map((each) => each.replace(/^\+/, ''))
        .filter(isKnownPath)
        .map((path): Ground => ({ kind: 'sandbox path', path: path.replace(/\/+$/, '') || '/', file, line })),
    ),
  )
  // With a root of its own, paths are others.
  const elsewhere = ['RootDirectory', 'RootImage'].some((name) => valuesOf(unit, 'Service', name).length > 0)
  return elsewhere ? [] : [...programs, ...files, ...sandbox]
}

/** A condition on a path: `negated` when it must not be there. */
export interface PathCondition {
  readonly setting: string
  readonly path: string
  readonly negated: boolean
}

/** Conditions that files alone decide; those with `|` are alternatives, and left out. */
export function conditionsOf(unit: UnitFile): readonly PathCondition[] {
  const names = ['PathExists', 'PathIsDirectory', 'FileNotEmpty', 'FileIsExecutable']
  return names.flatMap((name) =>
    ['Condition', 'Assert'].flatMap((kind) =>
      valuesOf(unit, 'Unit', `${kind}${name}`).flatMap(({ value }): PathCondition[] => {
        const [, negation, path = ''] = /^(!?)\s*(\/.*)$/.exec(value) ?? []
        return isKnownPath(path) ? [{ setting: `${kind}${name}`, path, negated: negation === '!' }] : []
      }),
    ),
  )
}

/** The folders that somebody passes on the way to a path, the root left out. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(1, -1)
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)
}

/** Every path that a unit names and that checks ask for. */
export function pathsOf(unit: UnitFile): readonly string[] {
  const ground = groundOf(unit)
  const above = ground.flatMap(({ kind, path }) =>
    kind === 'program' || kind === 'working directory' ? foldersAbove(path) : [],
  )
  return [...ground.map(({ path }) => path), ...above, ...conditionsOf(unit).map(({ path }) => path)]
}
