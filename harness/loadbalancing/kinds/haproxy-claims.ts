import type { HaproxyConfig, HaproxySection } from '../config/index.ts'
import { balance, choices, cookie, effective, option, parseHaproxy, servers } from '../config/index.ts'
import type { Claims } from './kind.ts'

/** What the configuration itself says that it does for the visitors of a pool; where nothing leads elsewhere, the default one. */
export function haproxyClaims(text: string, file: string, wanted: string | undefined): Claims {
  const config = parseHaproxy(text, file)
  const front = config.sections.find(({ kind }) => kind === 'frontend' || kind === 'listen')
  const withServers = config.sections.filter((section) => servers(section).length > 0)
  const name = wanted ?? (front && choices(front).otherwise?.backend.text) ?? front?.name?.text
  const pool = withServers.find((section) => section.name?.text === name) ?? withServers[0]
  if (pool === undefined) return { pool: undefined, expect: {} }
  return {
    pool: pool.name?.text,
    expect: {
      clientAddress: tellsAddress(config, pool, front) ? 'X-Forwarded-For' : false,
      ...stickiness(config, pool),
      ...algorithm(config, pool),
      ...(option(config, pool, 'abortonclose') === undefined ? {} : { leavers: 'dropped', halfClosed: 'refused' }),
      ...(option(config, pool, 'httpchk') !== undefined && checked(pool) && { health: {} }),
      backup: servers(pool)
        .filter(({ parameters }) => parameters.some((each) => each.name.text === 'backup'))
        .map((server) => server.name.text),
      // Without another try elsewhere the death of a server is noticed, and the configuration does not say otherwise.
      deadServer: option(config, pool, 'redispatch') === undefined ? 'allowed' : 'unnoticed',
    },
  }
}

function tellsAddress(config: HaproxyConfig, pool: HaproxySection, front: HaproxySection | undefined): boolean {
  return [pool, front].some((each) => each !== undefined && option(config, each, 'forwardfor') !== undefined)
}

function stickiness(config: HaproxyConfig, pool: HaproxySection): Claims['expect'] {
  const said = cookie(config, pool)
  if (said?.mode !== 'insert') return {}
  const { name, flags, values } = said
  const sameSite = values.some((each) => each.name === 'attr' && /^samesite=/i.test(each.value.text))
  return {
    sticky: {
      cookie: name.text,
      flags: [
        ...(flags.includes('httponly') ? (['HttpOnly'] as const) : []),
        ...(flags.includes('secure') ? (['Secure'] as const) : []),
        ...(sameSite ? (['SameSite'] as const) : []),
      ],
    },
  }
}

function algorithm(config: HaproxyConfig, pool: HaproxySection): Claims['expect'] {
  const said = balance(config, pool)
  const consistent = effective(config, pool, 'hash-type')?.values[0]?.text === 'consistent'
  const name = said?.algorithm.text ?? 'roundrobin'
  if (name === 'leastconn') return { sparesSlow: true }
  if (consistent && name === 'uri') return { stableBy: 'path' }
  const parameter = said?.arguments[0]?.text
  if (consistent && name === 'url_param' && parameter !== undefined) return { stableBy: `parameter:${parameter}` }
  if (name !== 'roundrobin' && name !== 'static-rr') return {}
  return { shares: shares(pool) }
}

function shares(pool: HaproxySection): Record<string, number> {
  const all = servers(pool).filter(({ parameters }) => !parameters.some(({ name }) => name.text === 'backup'))
  const weight = (each: (typeof all)[number]): number =>
    Number(each.parameters.find(({ name }) => name.text === 'weight')?.values[0]?.text ?? 1)
  return Object.fromEntries(all.map((each) => [each.name.text, weight(each)]))
}

/** A server is checked when its own line says so, or that of the defaults for servers. */
function checked(pool: HaproxySection): boolean {
  const lines = pool.directives.filter(({ name }) => name.text === 'default-server' || name.text === 'server')
  return lines.some(({ args }) => args.some(({ text }) => text === 'check'))
}
