import { shown, untoldIn, type TellIn } from '../problem.ts'
import type { Word } from '../source.ts'
import { nginxAddress, type NginxAddress } from './address.ts'
import type { NginxConfig, NginxDirective } from './parse.ts'
import { nginxTime } from './time.ts'

/** A `server` line of an `upstream`: module ngx_http_upstream. */
export interface UpstreamServer {
  readonly directive: NginxDirective
  readonly at: Word
  readonly address: NginxAddress
  readonly weight: number
  readonly maxFails: number
  readonly failTimeoutMilliseconds: number
  /** 0 is no limit. */
  readonly maxConnections: number
  readonly backup: boolean
  readonly down: boolean
  /** What else is said, such as `resolve`, `slow_start=30s`. */
  readonly others: readonly Word[]
}

export interface Upstream {
  readonly directive: NginxDirective
  readonly name: Word
  readonly servers: readonly UpstreamServer[]
  /** `least_conn`, `ip_hash`, `hash ...`, `random`; undefined is round robin. */
  readonly method?: NginxDirective
  /** Idle connections kept for each worker; undefined when there is no such line. */
  readonly keepalive?: number
}

/** Every directive, from above, with what is inside it. */
export function* everyDirective(directives: readonly NginxDirective[]): Generator<NginxDirective> {
  for (const directive of directives) {
    yield directive
    if (directive.block !== undefined) yield* everyDirective(directive.block)
  }
}

const methods: readonly string[] = ['least_conn', 'ip_hash', 'hash', 'random', 'least_time']

/** The groups of servers, wherever they are written. */
export function upstreams({ directives }: NginxConfig, tellIn: TellIn = untoldIn): readonly Upstream[] {
  return [...everyDirective(directives)].flatMap((directive) => {
    const { name: keyword, args, block } = directive
    const [name] = args
    if (keyword.text !== 'upstream' || name === undefined || block === undefined) return []
    const method = block.findLast((each) => methods.includes(each.name.text))
    const keepalive = Number(block.findLast((each) => each.name.text === 'keepalive')?.args[0]?.text)
    const servers = block.flatMap((each) => (each.name.text === 'server' ? upstreamServer(each, tellIn) : []))
    return [
      {
        directive,
        name,
        servers,
        ...(method !== undefined && { method }),
        ...(!Number.isNaN(keepalive) && { keepalive }),
      },
    ]
  })
}

function upstreamServer(directive: NginxDirective, tellIn: TellIn): readonly UpstreamServer[] {
  const tell = tellIn(directive.file)
  const [at, ...parameters] = directive.args
  if (at === undefined) {
    tell(directive.name, 'server without an address', 'an address, as 10.0.0.1:8080')
    return []
  }
  const address = nginxAddress(at, 'ask')
  if ('wanted' in address) {
    tell(at, shown(at.text), address.wanted)
    return []
  }
  const said = { weight: 1, max_fails: 1, fail_timeout: 10_000, max_conns: 0 }
  const others: Word[] = []
  for (const word of parameters) {
    const [, key = '', value = ''] = /^(weight|max_fails|fail_timeout|max_conns)=(.*)$/s.exec(word.text) ?? []
    const number =
      key === 'fail_timeout' ? nginxTime(value, 'seconds') : /^\d+$/.test(value) ? Number(value) : undefined
    if (key === '') others.push(word)
    else if (number === undefined || (key === 'weight' && number === 0)) tell(word, shown(word.text), wanted[key] ?? '')
    else Object.assign(said, { [key]: number })
  }
  const has = (text: string): boolean => others.some((word) => word.text === text)
  const flags = ['backup', 'down']
  return [
    {
      directive,
      at,
      address,
      weight: said.weight,
      maxFails: said.max_fails,
      failTimeoutMilliseconds: said.fail_timeout,
      maxConnections: said.max_conns,
      backup: has('backup'),
      down: has('down'),
      others: others.filter(({ text }) => !flags.includes(text)),
    },
  ]
}

const wanted: Readonly<Record<string, string>> = {
  weight: 'weight= and a number from 1',
  max_fails: 'max_fails= and a number',
  fail_timeout: 'fail_timeout= and a time, as 10s',
  max_conns: 'max_conns= and a number',
}

/** A line `listen`. */
export interface Listen {
  readonly directive: NginxDirective
  readonly at: Word
  readonly address: NginxAddress
  /** `ssl`, `default_server`, `backlog=511` ... */
  readonly flags: readonly Word[]
}

/** Where the servers listen, those of `http` and those of `stream`. */
export function listens({ directives }: NginxConfig, tellIn: TellIn = untoldIn): readonly Listen[] {
  return [...everyDirective(directives)].flatMap((directive) => {
    const [at, ...flags] = directive.args
    if (directive.name.text !== 'listen' || at === undefined) return []
    const address = nginxAddress(at, 'listen')
    if (!('wanted' in address)) return [{ directive, at, address, flags }]
    tellIn(directive.file)(at, shown(at.text), address.wanted)
    return []
  })
}

/** A line `proxy_pass`. */
export interface ProxyPass {
  readonly directive: NginxDirective
  readonly at: Word
  /** `http`, `https`; empty in a `stream` server. */
  readonly scheme: string
  /** What stands between scheme and path: a host with its port, or the name of an upstream. */
  readonly authority: string
  /** The upstream of that name, where there is one. */
  readonly upstream?: Upstream
  /** From the first slash behind the authority on, empty when there is none. */
  readonly path: string
}

export function proxyPasses(config: NginxConfig): readonly ProxyPass[] {
  const groups = upstreams(config)
  return [...everyDirective(config.directives)].flatMap((directive) => {
    const [at] = directive.args
    if (directive.name.text !== 'proxy_pass' || at === undefined) return []
    const [, scheme = '', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/s.exec(at.text) ?? []
    const [, authority = '', path = ''] = /^(unix:[^:]*:?|[^/]*)(.*)$/s.exec(rest) ?? []
    const upstream = groups.find(({ name }) => name.text === authority)
    return [{ directive, at, scheme, authority, path, ...(upstream !== undefined && { upstream }) }]
  })
}

/** The last line of a name that holds where `place` stands: in its block, else in the blocks around it, else outside all. */
export function inForce(config: NginxConfig, place: NginxDirective, name: string): NginxDirective | undefined {
  for (let around: NginxDirective | undefined = place; ; around = around.within) {
    const block = around === undefined ? config.directives : around.block
    const found = block?.findLast((each) => each.name.text === name)
    if (found !== undefined || around === undefined) return found
  }
}

/** A timeout in force where `place` stands, with the line that says it; the time is undefined where nginx would refuse it. */
export function nginxTimeout(
  config: NginxConfig,
  place: NginxDirective,
  name: string,
): { directive: NginxDirective; milliseconds: number | undefined } | undefined {
  const directive = inForce(config, place, name)
  return directive === undefined ? undefined : { directive, milliseconds: nginxTime(directive.args[0]?.text ?? '') }
}
