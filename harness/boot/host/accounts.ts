import type { Root } from '../root/root.ts'
import { textAt } from '../root/root.ts'

/**
 * Whether nobody can log in as root at the console: then emergency mode is a dead end. Undefined where that cannot be
 * told, because there is no shadow file in the tree. Source: shadow(5), sulogin(8).
 */
export async function rootIsLocked(root: Root): Promise<boolean | undefined> {
  const text = await textAt(root, '/etc/shadow')
  const [, password] = /^root:([^:]*):/m.exec(text ?? '') ?? []
  return password === undefined ? undefined : /^[!*]/.test(password)
}
