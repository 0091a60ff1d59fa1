import { UsageError } from '../../../kernel/index.ts'
import type { Part, Values } from '../log-pattern.ts'
import { fits } from '../log-pattern.ts'
import { logTime } from '../log-time.ts'
import type { Logged } from '../read-log.ts'
import { readLog } from '../read-log.ts'
import type { Given, TrafficReader } from '../traffic.ts'

/** Formats of Debian's apache2.conf and of its manual that are not nginx's too (mod_log_config). */
const known = ['%v:%p %h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i"', '%h %l %u %t "%r" %>s %b']

/** Access logs of Apache: `common`, `combined`, `vhost_combined`, or a LogFormat of its configuration. */
export const apache: TrafficReader = {
  id: 'apache',
  title: 'an access log of Apache',
  takes: (start, { logFormat }) =>
    logFormat === undefined ? knownFormat(start) !== undefined : /%[!\d,<>]*(?:\{[^}]*\})?[a-z]/i.test(logFormat),
  lacks: ['contents of requests', 'fields but those that its format names', 'answers to compare with'],
  read: (source, given, start) => readLog(source, partsOf(formatOf(given, start)), loggedOf),
}

function knownFormat(start: string): string | undefined {
  return known.find((format) => fits(start, partsOf(format)))
}

/** @throws UsageError for a format without requests */
function formatOf({ logFormat, name }: Given, start: string): string {
  if (logFormat === undefined) {
    const found = knownFormat(start)
    if (found !== undefined) return found
    throw new UsageError({
      path: `${name}: line 1`,
      given: start.split('\n')[0]?.slice(0, 100) ?? 'nothing',
      wanted: 'a line in common or vhost_combined format, or the format with --log-format',
    })
  }
  // As it stands in a configuration, in quotes and with a name behind it, or bare.
  const quoted = /^\s*(?:LogFormat\s+)?"((?:[^"\\]|\\.)*)"(?:\s+\w+)?\s*$/.exec(logFormat)?.[1]
  const format = (quoted ?? logFormat).replaceAll(/\\(["\\])/g, '$1')
  const names = new Set(partsOf(format).flatMap((part) => ('name' in part ? [part.name] : [])))
  if (names.has('r') || (names.has('m') && names.has('U'))) return format
  throw new UsageError({ path: '--log-format', given: logFormat, wanted: 'a LogFormat with %r, or with %m and %U' })
}

/** The names of parts are those of the manual without their conditions: `r`, `{Referer}i`, `{msec}t`. */
function partsOf(format: string): readonly Part[] {
  return format
    .split(/%((?:[!\d,<>]*)(?:\{[^}]*\})?\^?(?:%|[a-z]{1,2}(?<=\^[a-z]{2}|[a-z])))/i)
    .flatMap((piece, at): readonly Part[] => {
      if (at % 2 === 0) return piece === '' ? [] : [{ text: piece }]
      if (piece === '%') return [{ text: '%' }]
      return [partOf(piece.replace(/^[!\d,<>]*/, ''))]
    })
}

function partOf(name: string): Part {
  if (name === 't') return { name, like: /^\[[^\]]+\]$/ }
  return /^[abhlpsBDIOTk]$/.test(name) ? { name, like: /^\S+$/ } : { name }
}

function loggedOf(values: Values): Logged | { readonly why: string } {
  const request =
    values.get('r') ?? `${values.get('m') ?? ''} ${values.get('U') ?? ''}${values.get('q') ?? ''} HTTP/1.1`
  const time = timeOf(values)
  if (time === undefined) return { why: 'its time cannot be read' }
  const ms = durationOf(values)
  const address = values.get('a') ?? values.get('h')
  const host = values.get('{Host}i') ?? values.get('v') ?? values.get('V')
  const fields = [...values].flatMap(([name, value]) => {
    const [, field] = /^\{(.+)\}i$/.exec(name) ?? []
    return field === undefined || field.toLowerCase() === 'host' ? [] : [field, value]
  })
  return {
    request,
    fields: host === undefined ? fields : ['Host', host, ...fields],
    ...time,
    ...(ms !== undefined && { ms }),
    ...(address !== undefined && { address }),
  }
}

/** When the request came. Undefined for a time that cannot be read; without any, there is none. */
function timeOf(values: Values): Pick<Logged, 'at' | 'grain'> | undefined {
  const exact: readonly (readonly [name: string, perMs: number, grain: number])[] = [
    ['{usec}t', 1e-3, 1],
    ['{msec}t', 1, 1],
    ['{sec}t', 1_000, 1_000],
  ]
  for (const [name, perMs, grain] of exact) {
    const value = values.get(name) ?? values.get(`{begin:${name.slice(1)}`)
    if (value !== undefined) return /^\d+$/.test(value) ? { at: Number(value) * perMs, grain } : undefined
  }
  const text = values.get('t')
  if (text === undefined) return { at: undefined, grain: 1 }
  const at = logTime(text.replace(/^\[(.*)\]$/, '$1'))
  return at === undefined ? undefined : { at, grain: 1_000 }
}

function durationOf(values: Values): number | undefined {
  const units = { D: 1e-3, '{us}T': 1e-3, '{ms}T': 1, '{s}T': 1_000, T: 1_000 }
  for (const [name, perMs] of Object.entries(units)) {
    const value = values.get(name)
    if (value !== undefined && /^\d+$/.test(value)) return Number(value) * perMs
  }
  return undefined
}
