import type { Fields } from '../../wire/index.ts'
import { splitLinks } from './link.ts'
import { splitList } from './list.ts'
import { parseParameters } from './parameters.ts'

export type ParameterFault =
  | 'repeated'
  | 'single-quoted'
  | 'star-forbidden'
  | 'star-quoted'
  | 'star-malformed'
  | 'star-no-charset'
  | 'star-charset'

/** Parameters that may not have the extended form `name*`, by field; `true` forbids all of them. */
const starless: Readonly<Record<'request' | 'response', Readonly<Record<string, readonly string[] | true>>>> = {
  response: {
    'accept-patch': [],
    'accept-post': [],
    'content-disposition': [],
    'content-type': ['charset'],
    link: ['rel', 'rev', 'anchor', 'hreflang', 'type', 'media'],
    'server-timing': ['desc'],
    'transfer-encoding': true,
  },
  request: {
    accept: ['q'],
    'accept-encoding': ['q'],
    'accept-language': ['q'],
    'content-disposition': [],
    'content-type': ['charset'],
    link: ['rel', 'rev', 'anchor', 'hreflang', 'type', 'media'],
    te: ['q'],
    'transfer-encoding': true,
  },
}

const bySide = { response: Object.entries(starless.response), request: Object.entries(starless.request) }
const singles = new Set(['content-disposition', 'content-type'])

/** What is wrong with parameters (RFC 9110 section 5.6.6) and their extended form (RFC 8187 section 3.2). */
export function* parameterFaults(
  fields: Fields,
  side: 'request' | 'response',
): Iterable<{ readonly field: string; readonly parameter: string; readonly fault: ParameterFault }> {
  for (const [field, without] of bySide[side]) {
    if (!fields.has(field)) continue
    for (const member of membersOf(field, fields.all(field))) {
      if (!member.includes(';')) continue
      const { all } = parseParameters(splitList(member, ';').slice(1), 'loose')
      const seen = new Set<string>()
      for (const { name, value, quoted } of all) {
        if (value === undefined) continue
        if (seen.has(name)) yield { field, parameter: name, fault: 'repeated' }
        seen.add(name)
        if (!quoted && /^'(?:.*')?$/.test(value)) yield { field, parameter: name, fault: 'single-quoted' }
        if (!name.endsWith('*')) continue
        const forbidden = without === true || without.includes(name.slice(0, -1))
        for (const fault of forbidden ? (['star-forbidden'] as const) : starFaults(value, quoted))
          yield { field, parameter: name, fault }
      }
    }
  }
}

function* starFaults(value: string, quoted: boolean): Iterable<ParameterFault> {
  if (quoted) yield 'star-quoted'
  const [charset, , text, ...more] = value.split("'")
  if (text === undefined || more.length > 0) yield 'star-malformed'
  else if (charset === '') yield 'star-no-charset'
  else if (charset?.toLowerCase() !== 'utf-8') yield 'star-charset'
}

function membersOf(field: string, lines: readonly string[]): readonly string[] {
  if (singles.has(field)) return lines.slice(0, 1)
  if (field === 'link') return lines.flatMap(splitLinks)
  return lines.flatMap((line) => splitList(line))
}
