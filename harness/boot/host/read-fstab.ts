import type { Root } from '../root/root.ts'
import type { Fstab } from '../fstab/parse.ts'
import { parseFstab } from '../fstab/parse.ts'

/** `/etc/fstab`; undefined when there is none. */
export async function readFstab(root: Root): Promise<Fstab | undefined> {
  const bytes = await root.read('/etc/fstab')
  return bytes === undefined ? undefined : parseFstab(bytes)
}
