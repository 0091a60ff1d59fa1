import type { UnitFile } from './units.ts'
import { valuesOf } from './units.ts'

/** A file or folder that a unit cannot start without. */
export interface Ground {
  readonly kind: 'program' | 'environment file' | 'working directory'
  readonly path: string
  /** Of the setting. */
  readonly file: string
  readonly line: number
}

const commands = ['ExecCondition', 'ExecStartPre', 'ExecStart', 'ExecStartPost']
/** Specifiers and variables are known only when it runs. */
const known = (path: string): boolean => path.startsWith('/') && !/[%$*?[\]]/.test(path)

/** What a service stands on: programs, environment files, its folder; what it passes over in silence (`-`) left out. */
export function groundOf(unit: UnitFile): readonly Ground[] {
  const programs = commands.flatMap((name) =>
    valuesOf(unit, 'Service', name).flatMap(({ value, path: file, line }): Ground[] => {
      const [, marks = '', path = ''] = /^([-@:+!|]*)\s*"?([^\s"]+)/.exec(value) ?? []
      return known(path) && !marks.includes('-') ? [{ kind: 'program', path, file, line }] : []
    }),
  )
  const others = [
    ['EnvironmentFile', 'environment file'],
    ['WorkingDirectory', 'working directory'],
  ] as const
  const files = others.flatMap(([name, kind]) =>
    valuesOf(unit, 'Service', name).flatMap(({ value, path: file, line }): Ground[] =>
      known(value) ? [{ kind, path: value.replace(/\/+$/, '') || '/', file, line }] : [],
    ),
  )
  // With a root of its own, paths are others.
  const elsewhere = ['RootDirectory', 'RootImage'].some((name) => valuesOf(unit, 'Service', name).length > 0)
  return elsewhere ? [] : [...programs, ...files]
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
        return known(path) ? [{ setting: `${kind}${name}`, path, negated: negation === '!' }] : []
      }),
    ),
  )
}

/** Every path that a unit names and that checks ask for. */
export function pathsOf(unit: UnitFile): readonly string[] {
  return [...groundOf(unit).map(({ path }) => path), ...conditionsOf(unit).map(({ path }) => path)]
}
