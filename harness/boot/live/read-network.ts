import { linesOf } from './answer.ts'
import type { LivePort } from './live-host.ts'

const listening = '0A'

/** /proc/net/tcp and tcp6: addresses and ports in hexadecimal; see proc_pid_net(5). */
export function readPorts(text: string): LivePort[] {
  const ports = new Map<number, boolean>()
  for (const line of linesOf(text)) {
    const [, local = '', , state] = line.trim().split(/\s+/)
    const [, address, port] = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/.exec(local) ?? []
    if (address === undefined || port === undefined || state !== listening) continue
    const number = Number.parseInt(port, 16)
    ports.set(number, (ports.get(number) ?? true) && isLoopback(address))
  }
  return [...ports].map(([port, loopback]) => ({ port, loopback })).toSorted((a, b) => a.port - b.port)
}

/** Words of 32 bits in the order of bytes of the machine, which is little-endian. */
function isLoopback(address: string): boolean {
  if (address.length === 8) return address.endsWith('7F')
  return (
    address === `${'0'.repeat(24)}01000000` ||
    (address.startsWith(`${'0'.repeat(16)}FFFF0000`) && address.endsWith('7F'))
  )
}
