import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { hasOption } from '../fstab/parse.ts'
import { mountUnits } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const fstabNetworkEarly = rule({
  id: 'boot/fstab-network-early',
  level: 'error',
  reference: mountUnits,
  says: ({ line, spec }: { line: number; spec: string }) =>
    `Line ${line} of /etc/fstab mounts ${spec} from the network and has no _netdev.`,
  wants: 'A mount from the network waits for the network.',
  remedy:
    'Add _netdev: a type that only some readers know to be a network file system is tried too early by the others.',
})

export const fstabNetworkUnlimited = rule({
  id: 'boot/fstab-network-unlimited',
  level: 'warning',
  reference: mountUnits,
  says: ({ line, spec }: { line: number; spec: string }) =>
    `Line ${line} of /etc/fstab waits for ${spec} without a limit of its own: a boot stands for a minute and a half.`,
  wants: 'A boot waits for another host only so long as somebody has said.',
  remedy: 'Add x-systemd.mount-timeout=10s and nofail, or mount it by noauto,x-systemd.automount.',
})

/** Mounts that need the network: before it is up they hold the boot, and without a limit for ever. */
export const fstabNetwork = staticCheck({
  id: 'boot/fstab-network',
  rules: [fstabNetworkEarly, fstabNetworkUnlimited],
  *run({ files }) {
    for (const each of files.fstab?.lines ?? []) {
      const { line, spec, source, type } = each
      if (source.kind !== 'network' && !/^(?:nfs4?|cifs|smb3|ceph|glusterfs)$/.test(type)) continue
      const later = hasOption(each, 'noauto') || hasOption(each, 'x-systemd.automount')
      if (later) continue
      if (!hasOption(each, '_netdev')) yield fstabNetworkEarly.at(`/etc/fstab:${line}`, { line, spec })
      const limited = ['x-systemd.mount-timeout', 'x-systemd.device-timeout', 'nofail', 'bg'].some((name) =>
        hasOption(each, name),
      )
      if (!limited) yield fstabNetworkUnlimited.at(`/etc/fstab:${line}`, { line, spec })
    }
  },
  examples: [
    {
      title: 'waits for the network, and not for ever',
      given: sketch({ fstab: 'nas:/x /mnt nfs _netdev,nofail 0 0\n' }),
      yields: [],
    },
    {
      title: 'mounted when somebody looks',
      given: sketch({ fstab: 'nas:/x /mnt nfs noauto,x-systemd.automount 0 0\n' }),
      yields: [],
    },
    { title: 'too early', given: sketch({ fstab: 'nas:/x /mnt nfs nofail 0 0\n' }), yields: [fstabNetworkEarly] },
    {
      title: 'for as long as it takes',
      given: sketch({ fstab: 'nas:/x /mnt nfs _netdev 0 0\n' }),
      yields: [fstabNetworkUnlimited],
    },
  ],
})
