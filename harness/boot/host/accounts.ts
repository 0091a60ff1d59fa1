import type { Root } from '../root/root.ts'
import { textAt } from '../root/root.ts'
import type { Texts } from './texts.ts'
import { fragments, linesOf } from './texts.ts'

/**
 * Whether nobody can log in as root at the console: then emergency mode is a dead end. Undefined where that cannot be
 * told, because there is no shadow file in the tree. Source: shadow(5), sulogin(8).
 */
export async function rootIsLocked(root: Root): Promise<boolean | undefined> {
  const text = await textAt(root, '/etc/shadow')
  const [, password] = /^root:([^:]*):/m.exec(text ?? '') ?? []
  return password === undefined ? undefined : /^[!*]/.test(password)
}

/** A line of passwd(5). */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly home: string
}

/** The users of `/etc/passwd`; undefined where there is none. */
export function usersIn(texts: Texts): readonly Account[] | undefined {
  return texts
    .get('/etc/passwd')
    ?.split('\n')
    .flatMap((line) => {
      const [name = '', , uid, , , home = ''] = line.split(':')
      return uid === undefined || name === '' ? [] : [{ name, uid: Number(uid), home }]
    })
}

/** The names of `/etc/group`; undefined where there is none. */
export function groupsIn(texts: Texts): readonly string[] | undefined {
  return texts
    .get('/etc/group')
    ?.split('\n')
    .map((line) => line.slice(0, Math.max(0, line.indexOf(':'))))
    .filter((name) => name !== '')
}

/** Users and groups that systemd-sysusers makes at boot. Source: sysusers.d(5). */
export function namesOfSysusers(texts: Texts): ReadonlySet<string> {
  const paths = fragments(texts, ['/etc/sysusers.d', '/usr/lib/sysusers.d'])
  return new Set(paths.flatMap((path) => linesOf(texts, path)).map(({ text }) => text.split(/\s+/)[1] ?? ''))
}
