import { apacheServers } from './apache.ts'
import { haproxyServers } from './haproxy.ts'
import { nginxServers } from './nginx.ts'
import type { ServerReader } from './side.ts'

/** Every kind of balancer whose servers are compared with an inventory. */
export const serverReaders = {
  haproxy: haproxyServers,
  nginx: nginxServers,
  apache: apacheServers,
} as const satisfies Readonly<Record<string, ServerReader>>
