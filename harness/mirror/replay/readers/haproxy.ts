import type { Part, Values } from '../log-pattern.ts'
import { fits } from '../log-pattern.ts'
import { logTime } from '../log-time.ts'
import type { Logged } from '../read-log.ts'
import { readLog } from '../read-log.ts'
import type { TrafficReader } from '../traffic.ts'

/**
 * HAProxy's HTTP format (its configuration manual, section 8.2.3), behind whatever syslog writes before it:
 *
 *     haproxy[9]: 10.0.0.1:33317 [22/Nov/2026:12:14:14.655] web app/s1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {a|b} "GET / HTTP/1.1"
 */
const parts: readonly Part[] = [
  { name: 'client' },
  { text: ' [' },
  { name: 'time' },
  { text: '] ' },
  { name: 'frontend' },
  { text: ' ' },
  { name: 'server' },
  { text: ' ' },
  { name: 'timers' },
  { text: ' ' },
  { name: 'status and states' },
  { text: ' "' },
  { name: 'request', isRaw: true },
  { text: '"' },
]

export const haproxy: TrafficReader = {
  id: 'haproxy',
  title: 'a log of HAProxy (HTTP format)',
  takes: (start, { logFormat }) =>
    logFormat === undefined &&
    /\s\[\d\d\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8}\.\d{3}\] \S+ \S+ /.test(start) &&
    fits(start, parts),
  lacks: ['contents of requests', 'fields', 'answers to compare with'],
  read: (source) => readLog(source, parts, loggedOf),
}

function loggedOf(values: Values): Logged | { readonly why: string } {
  // What cannot stand in a log is # and two digits (section 8.6).
  const request = (values.get('request') ?? '').replaceAll(/#([\dA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  if (request === '<BADREQ>') return { why: 'HAProxy could not read that request either' }
  const at = logTime(values.get('time') ?? '')
  if (at === undefined) return { why: 'its time cannot be read' }
  // Address and port are the last word of what stands before the time; of a syslog line the rest is date, host and process.
  const [, address, port] = /(?:^|\s)(\S+):(\d+)$/.exec(values.get('client') ?? '') ?? []
  if (address === undefined) return { why: 'no address and port stand before its time' }
  // Tq or TR, Tw, Tc, Tr, Ta or Tt; -1 for what never came, + for an answer that was logged before its end.
  const total = /\/(\d+)$/.exec(values.get('timers') ?? '')?.[1]
  return {
    request,
    fields: [],
    at,
    grain: 1,
    address,
    connection: `${address}:${port}`,
    ...(total !== undefined && { ms: Number(total) }),
  }
}
