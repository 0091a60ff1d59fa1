import { parseApache, type ApacheConfig } from './apache/index.ts'
import { parseBind, parseZone, type BindConfig, type Zone } from './bind/index.ts'
import { parseHaproxy, type HaproxyConfig } from './haproxy/index.ts'
import type { Reader } from './include.ts'
import { parseNginx, type NginxConfig } from './nginx/index.ts'

interface Configs {
  readonly haproxy: HaproxyConfig
  readonly nginx: NginxConfig
  readonly apache: ApacheConfig
  readonly bind: BindConfig
  readonly zone: Zone
}

/** The formats that can be read. */
export type ConfigKind = keyof Configs

export interface ConfigInput {
  /** What people call it: it stands in every problem. A relative `include` counts from its folder. */
  readonly file: string
  /** Where included files come from. haproxy.cfg includes none. */
  readonly read?: Reader
}

type Parser<T> = (text: string, input: ConfigInput) => T

const parsers: { readonly [K in ConfigKind]: Parser<Configs[K]> } = {
  haproxy: (text, { file }) => parseHaproxy(text, file),
  nginx: (text, { file, read }) => parseNginx(text, file, read),
  apache: (text, { file, read }) => parseApache(text, file, read),
  bind: (text, { file, read }) => parseBind(text, file, read),
  zone: (text, { file, read }) => parseZone(text, file, read === undefined ? {} : { read }),
}

/**
 * A configuration file as what it says, every word with its place. It never throws for what a file holds: that is in `problems`, each
 * with file, line and column, what was found and what is wanted.
 *
 *     const config = parseConfig('haproxy', text, { file: 'haproxy.cfg' })
 *     const edits = config.sections.flatMap(servers).map(({ at }) => replaceWord(at, '127.0.0.1:9000'))
 *     const tried = applyEdits(config.text, edits)
 */
export function parseConfig<K extends ConfigKind>(kind: K, text: string, input: ConfigInput): Configs[K] {
  return parsers[kind](text, input)
}
