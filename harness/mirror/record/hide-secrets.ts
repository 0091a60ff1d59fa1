import { isUtf8 } from 'node:buffer'
import { decodeContent } from '../../wire/index.ts'
import { codingsOf } from '../compare/open-content.ts'
import { bytesKept } from './content.ts'
import type { ContentKept, ExchangeLine } from './lines.ts'

/** Returns plain data with every secret in it replaced, and the same shape. */
export type Redact = <T>(value: T) => T

type Pairs = ExchangeLine['request']['fields']
type AnswerOrWhy = ExchangeLine['primary']

/** An exchange without secrets, which says in which of its parts there were some. */
export function hideSecrets(line: ExchangeLine, redact: Redact): ExchangeLine {
  const { request, primary, candidate, secondary } = line
  const fields = redact(request.fields)
  const target = redact(request.target)
  const body = cleanContent(request.body, request.fields, redact)
  const hidden: NonNullable<ExchangeLine['hidden']> = []
  if (!isSame(fields, request.fields)) hidden.push('request fields')
  if (target !== request.target || body !== request.body) hidden.push('request')
  const clean = <T extends AnswerOrWhy | undefined>(answer: T, who: (typeof hidden)[number]): T => {
    const found = cleanAnswer(answer, redact)
    if (found !== answer) hidden.push(who)
    return found
  }
  const answers = {
    primary: clean(primary, 'primary'),
    ...(candidate !== undefined && { candidate: clean(candidate, 'candidate') }),
    ...(secondary !== undefined && { secondary: clean(secondary, 'secondary') }),
  }
  if (hidden.length === 0) return line
  return { ...line, request: { ...request, target, fields, body }, ...answers, hidden }
}

/** The same thing when there was nothing to hide. */
function cleanAnswer<T extends AnswerOrWhy | undefined>(answer: T, redact: Redact): T {
  if (answer === undefined || !('status' in answer)) return answer
  const fields = redact(answer.fields)
  const trailers = redact(answer.trailers)
  const body = cleanContent(answer.body, answer.fields, redact)
  const isClean = body === answer.body && isSame(fields, answer.fields) && isSame(trailers, answer.trailers)
  return isClean ? answer : { ...answer, fields, trailers, body }
}

/**
 * Text is redacted. Anything else is looked through, opened when it is compressed, and left out whole when there is a secret in
 * it or nobody can look.
 */
function cleanContent(content: ContentKept, fields: Pairs, redact: Redact): ContentKept {
  const bytes = bytesKept(content)
  if (bytes === undefined || bytes.length === 0) return content
  const coding = codingsOf(fields.flat())
  if (coding === '' && content.text !== undefined) {
    const text = redact(content.text)
    return text === content.text ? content : { bytes: content.bytes, text }
  }
  const opened = decodeContent(coding, bytes)
  if (opened.state === 'decoded') {
    const text = Buffer.from(opened.body).toString(isUtf8(opened.body) ? 'utf8' : 'latin1')
    if (redact(text) === text) return content
  }
  return { bytes: content.bytes, left: 'holds secrets' }
}

function isSame(a: Pairs, b: Pairs): boolean {
  return a.every(([name, value], at) => name === b[at]?.[0] && value === b[at][1])
}
