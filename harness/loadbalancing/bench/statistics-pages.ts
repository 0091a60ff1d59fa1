/**
 * Where balancers and web servers tell about themselves when nobody says otherwise: HAProxy, nginx, Apache, and what many
 * have for Prometheus.
 */
export const knownStatistics: readonly string[] = [
  '/haproxy?stats',
  '/haproxy?stats;csv',
  '/haproxy_stats',
  '/haproxy-status',
  '/admin?stats',
  '/stats',
  '/stats;csv',
  '/nginx_status',
  '/stub_status',
  '/basic_status',
  '/status',
  '/server-status',
  '/server-status?auto',
  '/server-info',
  '/balancer-manager',
  '/metrics',
]

// What these pages are known by: a page of its own for every path, as single-page applications have it, is none of them.
const signs: readonly RegExp[] = [
  /Statistics Report for HAProxy/,
  /^# pxname,svname,/,
  /^\s*\[+\s*\{\s*"objType"/,
  /^Active connections: \d/m,
  /<title>Apache Status<\/title>|Apache Server Status for/,
  /^Scoreboard: /m,
  /Apache Server Information/,
  /Load Balancer Manager for/,
  /^# (?:HELP|TYPE) \w/m,
]

/** Whether a text is a page about a balancer or a web server, by what such pages begin with. */
export function isStatistics(content: string): boolean {
  return signs.some((sign) => sign.test(content))
}
