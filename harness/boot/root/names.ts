import { isWithin } from '../paths.ts'

/** Folders whose files checks read the content of; of everything else names, kinds and modes are enough. */
const folders = [
  '/etc',
  '/boot',
  '/run/systemd',
  '/var/spool/cron',
  '/usr/local/lib/systemd',
  ...['/usr/lib', '/lib'].flatMap((lib) =>
    ['systemd', 'sysctl.d', 'sysusers.d', 'modprobe.d', 'modules-load.d', 'tmpfiles.d', 'netplan'].map(
      (name) => `${lib}/${name}`,
    ),
  ),
]

const builtin = /^\/(?:usr\/)?lib\/modules\/[^/]+\/modules\.builtin$/

/** The folder of those above that a path lies in, or is. */
export function keptFolder(path: string): string | undefined {
  return folders.find((folder) => isWithin(path, folder))
}

/** Whether checks read the content of a file. */
export function isKept(path: string): boolean {
  return builtin.test(path) || keptFolder(path) !== undefined
}

/** Bytes. To jump over less costs more than it saves; a script that is longer is rare. */
export const worthSkipping = 32 * 1_024

/** Where `docker save` and the OCI layout keep layers and the JSON that lists them. */
const layerMember = /^\/(?:blobs\/sha\d+\/[0-9a-f]+|[0-9a-f]+\/layer\.tar|manifest\.json|index\.json|oci-layout)$/

export function isLayerMember(path: string): boolean {
  return layerMember.test(path)
}

/** The name of a member as a path from the root of the tree. */
export function absolute(name: string): string {
  return `/${name.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '')}`.replace(/^\/\.$/, '/')
}
