/** nginx.conf: a tree of directives over several files, and readers for what they say. */
export type { NginxAddress } from './address.ts'
export { parseNginx, type NginxConfig, type NginxDirective } from './parse.ts'
export {
  everyDirective,
  inForce,
  listens,
  nginxTimeout,
  proxyPasses,
  upstreams,
  type Listen,
  type ProxyPass,
  type Upstream,
  type UpstreamServer,
} from './readers.ts'
export { nginxTime } from './time.ts'
export { quoteNginx } from './tokens.ts'
