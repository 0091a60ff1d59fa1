import { BlockList, isIP, isIPv6 } from 'node:net'
import { UsageError } from '../../kernel/index.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/**
 * Faults are for what the trial started itself: loopback, and what the caller says is its own.
 *
 * @throws UsageError for any other host
 */
export function demandOwn(path: string, host: string, own: readonly string[]): void {
  if (host === 'localhost' || own.includes(host)) return
  if (isIP(host) !== 0 && loopback.check(host, isIPv6(host) ? 'ipv6' : 'ipv4')) return
  throw new UsageError({
    path,
    given: JSON.stringify(host),
    wanted: 'a loopback address, or one that is named in `own`',
    mend: 'Name it in `own` if this trial started what is there; faults are not for what others run.',
  })
}
