import type { TextLine, Texts } from './texts.ts'
import { fragments, linesOf } from './texts.ts'

/** A module's name where `-` and `_` are the same, as they are to the kernel. */
export const moduleName = (name: string): string => name.replaceAll('-', '_')

/** What is loaded at each boot because a file names it, by module; modules-load.d(5). */
export function loadedAtBoot(texts: Texts): ReadonlyMap<string, TextLine> {
  const paths = fragments(texts, ['/etc/modules-load.d', '/usr/local/lib/modules-load.d', '/usr/lib/modules-load.d'])
  const lines = [...paths, '/etc/modules'].flatMap((path) => linesOf(texts, path))
  return new Map(lines.map((each) => [moduleName(each.text.split(/\s/)[0] ?? ''), each]))
}

/** Whether a kernel of the host has a module built in, and needs to load none. */
export function isBuiltIn(texts: Texts, module: string): boolean {
  const lists = [...texts].filter(([path]) => path.endsWith('/modules.builtin'))
  return lists.some(([, list]) =>
    list.split('\n').some((path) => moduleName(path.replace(/^.*\//, '').replace(/\.ko$/, '')) === module),
  )
}
