import type { Fields } from '../../wire/index.ts'
import { parseHttpDate } from './http-date.ts'
import { splitLinks } from './link.ts'
import { splitList, trimOws } from './list.ts'
import { quotedStringSource } from './quoted-string.ts'
import { tokenSource } from './token.ts'
import { hostSource, uriReferenceSource, uriSource } from './uri-syntax.ts'

const token = tokenSource
const ows = '[ \\t]*'
const word = `(?:${token}|${quotedStringSource})`
const parameter = `${token}=${word}`
const parameters = `(?:${ows};${ows}(?:${parameter})?)*`
const mediaType = `${token}/${token}${parameters}`
const weight = `(?:${ows};${ows}[qQ]=(?:0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?))?`
const directive = `${token}(?:=${word})?`
const product = `${token}(?:/${token})?`
const comment = '\\((?:[^()\\\\]|\\\\.|\\((?:[^()\\\\]|\\\\.)*\\))*\\)'
const products = `${product}(?:[ \\t]+(?:${product}|${comment}))*`
const etag = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"'
const credentials = `${token}(?: +(?:[A-Za-z0-9\\-._~+/]+=*|${token}${ows}=${ows}${word}(?:${ows},${ows}${token}${ows}=${ows}${word})*)?)?`
const transferCoding = `${token}(?:${ows};${ows}${token}${ows}=${ows}${word})*`
const languageTag = '(?:[A-Za-z]{2,8}|[ixIX](?=-))(?:-[A-Za-z0-9]{1,8})*'
const policyDirective = '[A-Za-z0-9-]+(?:[ \\t][ \\t\\x21-\\x2b\\x2d-\\x3a\\x3c-\\x7e]*)?'
const pin = `(?:${token}(?:${ows}=${ows}${word})?)?`

interface Grammar {
  readonly list: boolean
  readonly whole: RegExp
  readonly start: RegExp
}

const grammar = (source: string, list: boolean): Grammar => ({
  list,
  whole: new RegExp(`^(?:${source})$`),
  start: new RegExp(`^(?:${source})`),
})
const members = (source: string) => grammar(source, true)
const single = (source: string) => grammar(source, false)

const tokens = members(token)
const either: Readonly<Record<string, Grammar>> = {
  'cache-control': members(directive),
  connection: tokens,
  'content-disposition': single(`${token}(?:[ \\t]*;[ \\t]*${parameter})*`),
  'content-encoding': tokens,
  'content-language': members(languageTag),
  'content-type': single(mediaType),
  'keep-alive': members(parameter),
  link: members(`<${uriReferenceSource}>(?:${ows};${ows}${directive})*`),
  trailer: tokens,
  'transfer-encoding': members(transferCoding),
  upgrade: members(product),
  via: members(`${product}[ \\t]+(?:${hostSource}|${token})(?:[ \\t]+${comment})?`),
}

const inResponses: Readonly<Record<string, Grammar>> = {
  ...either,
  'accept-patch': members(mediaType),
  'accept-ranges': tokens,
  'access-control-allow-credentials': single('true'),
  'access-control-allow-headers': tokens,
  'access-control-allow-methods': tokens,
  'access-control-allow-origin': single(`\\*|null|${uriReferenceSource}`),
  'access-control-expose-headers': tokens,
  allow: tokens,
  'alt-svc': members(`clear|${token}=${quotedStringSource}(?:${ows};${ows}${parameter})*`),
  'authentication-info': members(`${token}${ows}=${ows}${word}`),
  'clear-site-data': members(quotedStringSource),
  'content-location': single(`(?![^#]*#)${uriReferenceSource}`),
  'content-security-policy': members(`${policyDirective}(?:;[ \\t]*(?:${policyDirective})?)*`),
  'content-security-policy-report-only': members(`${policyDirective}(?:;[ \\t]*(?:${policyDirective})?)*`),
  etag: single(etag),
  location: single(uriReferenceSource),
  'proxy-authentication-info': members(`${token}${ows}=${ows}${word}`),
  'referrer-policy': tokens,
  server: single(products),
  'server-timing': members(`${token}${parameters}`),
  'strict-transport-security': single(`${pin}(?:${ows};${ows}${pin})*`),
  vary: tokens,
  'x-content-type-options': members('[Nn][Oo][Ss][Nn][Ii][Ff][Ff]'),
  'x-frame-options': single(
    `[Dd][Ee][Nn][Yy]|[Ss][Aa][Mm][Ee][Oo][Rr][Ii][Gg][Ii][Nn]|[Aa][Ll][Ll][Oo][Ww]-[Ff][Rr][Oo][Mm][ \\t]+[A-Za-z][A-Za-z0-9+.-]*://${hostSource}`,
  ),
}

const inRequests: Readonly<Record<string, Grammar>> = {
  ...either,
  accept: members(mediaType),
  'accept-encoding': members(`${token}${weight}`),
  'accept-language': members(`(?:\\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)${weight}`),
  'access-control-request-headers': tokens,
  'access-control-request-method': single(token),
  authorization: single(credentials),
  expect: members(`${token}(?:=${word}${parameters})?`),
  from: single('[^\\s@]+@[^\\s@]+|[^<>]*<[^\\s@<>]+@[^\\s@<>]+>'),
  host: single(hostSource),
  'if-match': members(`\\*|${etag}`),
  'if-none-match': members(`\\*|${etag}`),
  'max-forwards': single('\\d+'),
  pragma: members(directive),
  'proxy-authorization': single(credentials),
  referer: single(`(?![^#]*#)(?:${uriSource}|${uriReferenceSource})`),
  te: members(`${transferCoding}${weight}`),
  'user-agent': single(products),
}

/** Fields that hold a date, or what the pattern says. */
const dates: Readonly<Record<'request' | 'response', Readonly<Record<string, RegExp | undefined>>>> = {
  request: {
    'if-modified-since': undefined,
    'if-unmodified-since': undefined,
    'if-range': new RegExp(`^${etag}$`),
  },
  response: { 'retry-after': /^\d+$/ },
}

export interface GrammarFault {
  readonly field: string
  readonly value: string
  /** Characters that fit, before the first that does not; undefined where nothing fits. */
  readonly fits: number | undefined
}

// What is longer is told as too large, and costs too much to match.
const longest = 8192

/** Values that their field's grammar does not allow: of a list each member, of other fields the first line. */
export function* grammarFaults(fields: Fields, side: 'request' | 'response', now: number): Iterable<GrammarFault> {
  for (const field of fields.names()) {
    const rule = grammars[side].get(field)
    if (rule === undefined) continue
    for (const value of valuesOf(field, fields.all(field), 'list' in rule && rule.list)) {
      if (value.length > longest) continue
      if (!('list' in rule)) {
        if (rule.other?.test(value) !== true && parseHttpDate(value, now) === undefined)
          yield { field, value, fits: undefined }
      } else if (!rule.whole.test(value)) {
        yield { field, value, fits: rule.list ? rule.start.exec(value)?.[0].length : undefined }
      }
    }
  }
}

type Rule = Grammar | { readonly other: RegExp | undefined }

const rulesOf = (side: 'request' | 'response', table: Readonly<Record<string, Grammar>>): ReadonlyMap<string, Rule> =>
  new Map<string, Rule>([
    ...Object.entries(table),
    ...Object.entries(dates[side]).map(([field, other]) => [field, { other }] as const),
  ])

const grammars = { request: rulesOf('request', inRequests), response: rulesOf('response', inResponses) }

function valuesOf(field: string, lines: readonly string[], list: boolean): readonly string[] {
  if (!list) return lines.slice(0, 1).map(trimOws)
  if (field === 'link') return lines.flatMap(splitLinks)
  if (field === 'via') return lines.flatMap((line) => splitList(line.slice(0, longest).replace(/\([^()]*\)/g, '()')))
  return lines.flatMap((line) => splitList(line))
}
