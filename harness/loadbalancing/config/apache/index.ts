/** httpd.conf: a tree of directives and sections over several files, and readers for what they say. */
export { quoteApache } from './lines.ts'
export { apacheListens, virtualHosts, type ApacheListen, type VirtualHost } from './listen.ts'
export { parseApache, type ApacheConfig, type ApacheDirective } from './parse.ts'
export { apacheProxyPasses, balancerMembers, type ApacheProxyPass, type BalancerMember } from './proxy.ts'
export { everyApacheDirective } from './walk.ts'
export { keepAlive, workerSettings, type KeepAlive, type WorkerSetting } from './workers.ts'
