import { document } from '../kernel/index.ts'

/** A chapter of HAProxy's configuration manual: `haproxyManual('4.2-cookie')`. */
export function haproxyManual(section: string) {
  const title = `HAProxy configuration manual, ${section.replace('-', ', ')}`
  return document(title, `https://docs.haproxy.org/2.6/configuration.html#${encodeURIComponent(section)}`)
}

/** A chapter of HAProxy's management guide. */
export function haproxyManagement(section: string) {
  const title = `HAProxy management guide, ${section.replace('-', ', ')}`
  return document(
    title,
    `https://docs.haproxy.org/2.6/management.html#${encodeURIComponent(section.split('-')[0] ?? '')}`,
  )
}

/** A page of Apache's documentation: `apacheManual('mod/event.html', 'event MPM')`. */
export function apacheManual(page: string, title: string) {
  return document(`Apache HTTP Server documentation, ${title}`, `https://httpd.apache.org/docs/2.4/${page}`)
}

export const sysctlManual = document('sysctl.conf(5)', 'https://man7.org/linux/man-pages/man5/sysctl.conf.5.html')
export const kernelNetworking = document(
  'Linux, Documentation/networking/ip-sysctl',
  'https://docs.kernel.org/networking/ip-sysctl.html',
)
