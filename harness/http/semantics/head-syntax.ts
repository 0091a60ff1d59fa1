import { check, rfc, rule } from '../../kernel/index.ts'
import type { WireProblem, WireProblemCode } from '../../wire/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

type Seen = { readonly offset: number; readonly excerpt: string }

const bareLf = rule({
  id: 'http/head-syntax-bare-lf',
  level: 'error',
  reference: rfc(9112, '2.2'),
  says: (e: Seen) => `A line of the head ends in LF without CR, at byte ${e.offset}: "${e.excerpt}".`,
  wants: 'Lines end in CR LF.',
  remedy: 'Let a library write the head, or end every line in \\r\\n.',
})

const bareCr = rule({
  id: 'http/head-syntax-bare-cr',
  level: 'error',
  reference: rfc(9112, '2.2'),
  says: (e: Seen) => `A CR stands in the head without LF, at byte ${e.offset}: "${e.excerpt}".`,
  wants: 'CR stands only before LF.',
  remedy: 'Look for text from outside that goes into a field unchecked: that is how responses are split.',
})

const nul = rule({
  id: 'http/head-syntax-nul',
  level: 'error',
  reference: rfc(9110, '5.5'),
  says: (e: Seen) => `A NUL byte stands in the head, at byte ${e.offset}: "${e.excerpt}".`,
  wants: 'The head is text.',
  remedy: 'Look for binary data that goes into a field unchecked.',
})

const fold = rule({
  id: 'http/head-syntax-obsolete-fold',
  level: 'error',
  reference: rfc(9112, '5.2'),
  says: (e: Seen) => `A field goes on in the next line, at byte ${e.offset}: "${e.excerpt}".`,
  wants: 'A field is one line.',
  remedy: 'Write the value on one line.',
})

const spaceBeforeColon = rule({
  id: 'http/head-syntax-space-before-colon',
  level: 'error',
  reference: rfc(9112, '5.1'),
  says: (e: Seen) => `White space stands before the colon of a field, at byte ${e.offset}: "${e.excerpt}".`,
  wants: 'The colon follows the name at once.',
  remedy: 'Remove the space; servers that read it differently can be set against each other.',
  aka: { redbot: 'HEADER_NAME_SPACE' },
})

const leadingSpace = rule({
  id: 'http/head-syntax-leading-space',
  level: 'error',
  reference: rfc(9112, '2.2'),
  says: (e: Seen) => `White space stands before the first field, at byte ${e.offset}: "${e.excerpt}".`,
  wants: 'The first field follows the status line at once.',
  remedy: 'Remove the white space.',
})

const noColon = rule({
  id: 'http/head-syntax-no-colon',
  level: 'error',
  reference: rfc(9112, '5'),
  says: (e: Seen) => `A line of the head has no colon, at byte ${e.offset}: "${e.excerpt}".`,
  wants: 'Every line is name, colon, value.',
  remedy: 'Look for output that begins before the head is complete.',
})

const nameless = rule({
  id: 'http/head-syntax-nameless',
  level: 'error',
  reference: rfc(9112, '5'),
  says: (e: Seen) => `A field has no name, at byte ${e.offset}: "${e.excerpt}".`,
  wants: 'Every field has a name.',
  remedy: 'Look for a configuration line that lost its name.',
})

const byCode = {
  'bare-lf': bareLf,
  'bare-cr': bareCr,
  'nul-byte': nul,
  'obsolete-fold': fold,
  'space-before-colon': spaceBeforeColon,
  'leading-space': leadingSpace,
  'no-colon': noColon,
  'field-name-empty': nameless,
} as const satisfies Partial<Record<WireProblemCode, unknown>>

const isOurs = (code: WireProblemCode): code is keyof typeof byCode => code in byCode

const broken = (code: WireProblemCode): Message =>
  given({ response: { problems: [{ code, offset: 17, excerpt: 'Name value' }] } })

/** The bytes of the head: line ends, colons, folds (RFC 9112 sections 2.2 and 5). Each kind is said once. */
export const headSyntax = check({
  id: 'http/head-syntax',
  rules: [bareLf, bareCr, nul, fold, spaceBeforeColon, leadingSpace, noColon, nameless],
  *run({ exchange }: Message) {
    const first = new Map<keyof typeof byCode, WireProblem>()
    for (const problem of exchange.response?.problems ?? []) {
      if (isOurs(problem.code) && !first.has(problem.code)) first.set(problem.code, problem)
    }
    for (const [code, { offset, excerpt: seen }] of first)
      yield byCode[code].at('response.head', { offset, excerpt: excerpt(seen) })
  },
  examples: [
    { title: 'a head in order', given: given({ fields: [['Date', 'Thu, 01 Jan 2026 00:00:00 GMT']] }), yields: [] },
    { title: 'a problem of framing, which is told elsewhere', given: broken('extra-bytes'), yields: [] },
    { title: 'LF alone', given: broken('bare-lf'), yields: [bareLf] },
    { title: 'CR alone', given: broken('bare-cr'), yields: [bareCr] },
    { title: 'NUL', given: broken('nul-byte'), yields: [nul] },
    { title: 'a folded field', given: broken('obsolete-fold'), yields: [fold] },
    { title: 'a space before the colon', given: broken('space-before-colon'), yields: [spaceBeforeColon] },
    { title: 'a space before the first field', given: broken('leading-space'), yields: [leadingSpace] },
    { title: 'no colon', given: broken('no-colon'), yields: [noColon] },
    { title: 'no name', given: broken('field-name-empty'), yields: [nameless] },
  ],
})
