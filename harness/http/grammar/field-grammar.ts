import type { Fields } from '../../wire/index.ts'
import { parseHttpDate } from './http-date.ts'
import { languageTagSource } from './language-tag.ts'
import { splitLinks } from './link.ts'
import { splitList, trimOws } from './list.ts'
import { mailboxSource } from './mailbox.ts'
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
const policyDirective = '[A-Za-z0-9-]+(?:[ \\t][ \\t\\x21-\\x2b\\x2d-\\x3a\\x3c-\\x7e]*)?'
const pin = `(?:${token}(?:${ows}=${ows}${word})?)?`

// A challenge may be followed by its own parameters, set off by the same commas as the next challenge.
const authParameter = `${token}${ows}=${ows}${word}`
const challenge = `${token}(?: +(?:[A-Za-z0-9\\-._~+/]+=*|${authParameter})?)?`
const challenges = `(?:${challenge}(?:${ows},${ows}(?:${challenge}|${authParameter})?)*)?`

interface Grammar {
  /** What is compared: each member of the list, the first line, or each line. */
  readonly reads: 'members' | 'first' | 'lines'
  readonly whole: RegExp
  /** How a value begins that is broken further on; undefined where nothing is said about that. */
  readonly start: RegExp | undefined
}

const grammar = (source: string, reads: Grammar['reads'], start?: string): Grammar => ({
  reads,
  whole: new RegExp(`^(?:${source})$`),
  start: start === undefined ? undefined : new RegExp(`^(?:${start})`),
})
const members = (source: string) => grammar(source, 'members', source)
const single = (source: string) => grammar(source, 'first')
const everyLine = (source: string, start: string) => grammar(source, 'lines', start)
// The empty start: whatever stands in place of an entity tag is told as broken, not as something else.
const etags = grammar(`\\*|${etag}`, 'members', `(?:\\*|${etag})?`)

const tokens = members(token)
const either: Readonly<Record<string, Grammar>> = {
  'cache-control': members(directive),
  connection: tokens,
  'content-disposition': single(`${token}(?:[ \\t]*;[ \\t]*${parameter})*`),
  'content-encoding': tokens,
  'content-language': members(languageTagSource),
  'content-md5': single('[A-Za-z0-9+/]{22}=='),
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
  'authentication-info': members(authParameter),
  'clear-site-data': members(quotedStringSource),
  'content-location': single(`(?![^#]*#)${uriReferenceSource}`),
  'content-security-policy': members(`${policyDirective}(?:;[ \\t]*(?:${policyDirective})?)*`),
  'content-security-policy-report-only': members(`${policyDirective}(?:;[ \\t]*(?:${policyDirective})?)*`),
  etag: single(etag),
  location: single(uriReferenceSource),
  'proxy-authenticate': everyLine(challenges, token),
  'proxy-authentication-info': members(authParameter),
  'referrer-policy': tokens,
  server: everyLine(products, product),
  'server-timing': members(`${token}${parameters}`),
  'strict-transport-security': single(`${pin}(?:${ows};${ows}${pin})*`),
  vary: tokens,
  'www-authenticate': everyLine(challenges, token),
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
  from: single(mailboxSource),
  host: single(hostSource),
  'if-match': etags,
  'if-none-match': etags,
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

/** Values that their field's grammar does not allow. */
export function* grammarFaults(fields: Fields, side: 'request' | 'response', now: number): Iterable<GrammarFault> {
  for (const field of fields.names()) {
    const rule = grammars[side].get(field)
    if (rule === undefined) continue
    if ('reads' in rule && rule.reads === 'members' && rule !== etags && fields.all(field).some(hasBlankMember))
      yield { field, value: fields.get(field) ?? '', fits: undefined }
    for (const value of valuesOf(field, fields.all(field), 'reads' in rule ? rule.reads : 'first')) {
      if (value.length > longest) continue
      if (!('reads' in rule)) {
        if (rule.other?.test(value) !== true && parseHttpDate(value, now) === undefined)
          yield { field, value, fits: undefined }
      } else if (!rule.whole.test(value)) {
        yield { field, value, fits: rule.start?.exec(value)?.[0].length }
      }
    }
  }
}

// Recipients pass over an empty member, but a sender writes none (RFC 9110 section 5.6.1.1).
const hasBlankMember = (line: string): boolean => /,[ \t]+,/.test(line) && !line.includes('"')

type Rule = Grammar | { readonly other: RegExp | undefined }

const rulesOf = (side: 'request' | 'response', table: Readonly<Record<string, Grammar>>): ReadonlyMap<string, Rule> =>
  new Map<string, Rule>([
    ...Object.entries(table),
    ...Object.entries(dates[side]).map(([field, other]) => [field, { other }] as const),
  ])

const grammars = { request: rulesOf('request', inRequests), response: rulesOf('response', inResponses) }

function valuesOf(field: string, lines: readonly string[], reads: Grammar['reads']): readonly string[] {
  if (reads !== 'members') return (reads === 'first' ? lines.slice(0, 1) : lines).map(trimOws)
  if (field === 'link') return lines.flatMap(splitLinks)
  if (field === 'via') return lines.flatMap((line) => splitList(line.slice(0, longest).replace(/\([^()]*\)/g, '()')))
  return lines.flatMap((line) => splitList(line))
}
