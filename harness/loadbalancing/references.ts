import { document } from '../kernel/index.ts'

/** A chapter of HAProxy's configuration manual: `haproxyManual('4.2-cookie')`. */
export function haproxyManual(section: string) {
  const title = `HAProxy configuration manual, ${section.replace('-', ', ')}`
  return document(title, `https://docs.haproxy.org/2.6/configuration.html#${encodeURIComponent(section)}`)
}
