import type { Word } from '../source.ts'
import type { ApacheConfig, ApacheDirective } from './parse.ts'
import { around, everyApacheDirective, isNamed } from './walk.ts'

/** `key=value` words behind an address, by key in lower case. */
export type Parameters = ReadonlyMap<string, { readonly value: string; readonly at: Word }>

/** A line `ProxyPass` or `ProxyPassMatch`: module mod_proxy. */
export interface ApacheProxyPass {
  readonly directive: ApacheDirective
  /** Its own first word, or that of the `<Location>` around it. */
  readonly path: string | undefined
  /** The address, or `!`. */
  readonly at: Word
  /** `!`: what is under this path is not passed on. */
  readonly excluded: boolean
  /** The name behind `balancer://`, in lower case, when it leads to one. */
  readonly balancer?: string
  readonly parameters: Parameters
}

export function apacheProxyPasses({ directives }: ApacheConfig): readonly ApacheProxyPass[] {
  return [...everyApacheDirective(directives)].flatMap((directive) => {
    if (!isNamed(directive, 'ProxyPass') && !isNamed(directive, 'ProxyPassMatch')) return []
    const location = around(directive).findLast((each) => /^Location(?:Match)?$/i.test(each.name.text))
    const [first, ...others] = directive.args
    const [path, at, ...rest] = location === undefined ? [first, ...others] : [location.args.at(-1), ...directive.args]
    if (at === undefined) return []
    const name = balancerName(at.text)
    const parameters = parametersOf(rest)
    return [
      {
        directive,
        path: path?.text,
        at,
        excluded: at.text === '!',
        parameters,
        ...(name !== undefined && { balancer: name }),
      },
    ]
  })
}

/** A line `BalancerMember`: module mod_proxy_balancer. */
export interface BalancerMember {
  readonly directive: ApacheDirective
  /** Of the balancer that it belongs to, in lower case. */
  readonly balancer: string | undefined
  readonly at: Word
  /** What the cookie or the parameter of a sticky session ends with. */
  readonly route?: string
  /** 1 when nothing is said; undefined when it is no number. */
  readonly loadFactor: number | undefined
  /** Letters of `status=`: D disabled, S stopped, I ignore errors, H hot standby, R hot spare, E error, N drain. Empty is usable. */
  readonly status: string
  readonly parameters: Parameters
}

export function balancerMembers({ directives }: ApacheConfig): readonly BalancerMember[] {
  return [...everyApacheDirective(directives)].flatMap((directive) => {
    if (!isNamed(directive, 'BalancerMember')) return []
    const [first, ...others] = directive.args
    const named = first === undefined ? undefined : balancerName(first.text)
    const proxy = around(directive).findLast((each) => isNamed(each, 'Proxy'))?.args[0]
    const [at, ...rest] = named === undefined ? directive.args : others
    if (at === undefined) return []
    const parameters = parametersOf(rest)
    const route = parameters.get('route')?.value
    const factor = Number(parameters.get('loadfactor')?.value ?? '1')
    return [
      {
        directive,
        balancer: named ?? (proxy === undefined ? undefined : balancerName(proxy.text)),
        at,
        loadFactor: Number.isNaN(factor) ? undefined : factor,
        status: statusOf(parameters.get('status')?.value ?? ''),
        parameters,
        ...(route !== undefined && { route }),
      },
    ]
  })
}

/** `+H` sets, `-H` takes away, and a letter alone sets. */
function statusOf(written: string): string {
  const letters = new Set<string>()
  let sign = '+'
  for (const letter of written.toUpperCase()) {
    if (letter === '+' || letter === '-') sign = letter
    else {
      if (sign === '+') letters.add(letter)
      else letters.delete(letter)
      sign = '+'
    }
  }
  return [...letters].join('')
}

function balancerName(text: string): string | undefined {
  return /^balancer:\/\/([^/]*)/i.exec(text)?.[1]?.toLowerCase()
}

function parametersOf(words: readonly Word[]): Parameters {
  return new Map(
    words.map((at) => {
      const [, key = at.text, value = ''] = /^([^=]*)=(.*)$/s.exec(at.text) ?? []
      return [key.toLowerCase(), { value, at }]
    }),
  )
}
