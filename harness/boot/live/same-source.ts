import type { LiveHost, LiveMount } from './live-host.ts'
import { known, notTold } from './live-host.ts'

/**
 * The device that a source of fstab means on this host; undefined when nothing has that name.
 *
 * @throws SeatrialError `SEATRIAL_NOT_TOLD` for a tag on a host that does not tell its devices' names
 */
export function deviceOf(source: string, host: LiveHost): string | undefined {
  const spec = source.replace(/^([A-Z]+=)"(.*)"$/, '$1$2')
  if (/^(UUID|LABEL|PARTUUID|PARTLABEL|ID)=/.test(spec)) {
    if ('unknown' in host.names) throw notTold(`the device of ${source}`, host.names.unknown)
    return known(host.names, source)[spec]
  }
  return ('known' in host.names ? host.names.known[spec] : undefined) ?? spec
}

/** Whether a mount is of the source that is declared, by whatever name. */
export function isOf(source: string, mount: LiveMount, host: LiveHost): boolean {
  if (mount.source === source) return true
  if (source.startsWith('/') && !source.startsWith('/dev/')) {
    // The kernel tells of an image file only its loop device.
    return mount.source.startsWith('/dev/loop') || isBoundFrom(source, mount, host)
  }
  const device = deviceOf(source, host)
  return device !== undefined && [mount.source, mount.device, deviceOf(mount.source, host)].includes(device)
}

/** Of a folder that was bound the kernel tells the file system in which it lies, and its path there. */
function isBoundFrom(folder: string, mount: LiveMount, host: LiveHost): boolean {
  const around = known(host.mounts, 'mounts')
    .filter((each) => each !== mount && (folder === each.at || folder.startsWith(each.at.replace(/\/?$/, '/'))))
    .reduce<LiveMount | undefined>((a, b) => (a === undefined || b.at.length >= a.at.length ? b : a), undefined)
  if (around === undefined) return false
  const inside = `${around.root}/${folder.slice(around.at.length)}`.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1')
  return mount.root === inside && mount.source === around.source
}

/** What is mounted there: the last of several is on top. */
export function mountAt(at: string, host: LiveHost): LiveMount | undefined {
  return known(host.mounts, 'mounts').findLast((mount) => mount.at === at)
}
