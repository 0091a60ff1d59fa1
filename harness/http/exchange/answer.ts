import { check, rfc, rule } from '../../kernel/index.ts'
import type { Exchange, Trouble } from '../../wire/index.ts'

const answerGarbled = rule({
  id: 'http/answer-garbled',
  level: 'error',
  reference: rfc(9112, '4'),
  says: (e: { seen: string }) => `The answer does not begin with an HTTP status line: ${e.seen}`,
  wants: 'The answer begins with "HTTP/1.1", a space and a three-digit status.',
  remedy: 'Find out what listens on this port; if it is TLS, ask with https.',
})

const answerHeadTooLarge = rule({
  id: 'http/answer-head-too-large',
  level: 'error',
  reference: rfc(9110, '5.4'),
  says: (e: { seen: string }) => `The head of the answer is too large to read: ${e.seen}`,
  wants: 'Status line and fields together stay under 256 KiB; most clients give up at 8 to 64 KiB.',
  remedy: 'Look for a field that grows with every request: a cookie, a trace, a Link or a policy.',
})

const answerCutShort = rule({
  id: 'http/answer-cut-short',
  level: 'error',
  reference: rfc(9112, '8'),
  says: (e: { phase: string; seen: string }) => `The connection ended in the ${e.phase} of the answer: ${e.seen}`,
  wants: 'The server sends a whole response to a plain request.',
  remedy: 'Read the log of the server, and of every proxy in front of it, at the time of this run.',
})

const answerSlow = rule({
  id: 'http/answer-unfinished',
  level: 'error',
  reference: rfc(9112, '6.3'),
  says: (e: { seen: string }) => `The answer began and did not end in time: ${e.seen}`,
  wants: 'A response that has begun ends within the time limit.',
  remedy: 'Find out what holds the content back; a stream without end is no page, leave it out of the targets.',
})

/** An exchange seen from outside: did anything come back that can be read as a response at all. */
export const answer = check({
  id: 'http/answer',
  rules: [answerGarbled, answerHeadTooLarge, answerCutShort, answerSlow],
  *run({ trouble }: Pick<Exchange, 'trouble'>) {
    if (trouble === undefined) return
    const seen = trouble.message
    switch (trouble.kind) {
      case 'not-http':
        yield answerGarbled.at('response', { seen })
        return
      case 'head-too-large':
        yield answerHeadTooLarge.at('response.head', { seen })
        return
      case 'closed-early':
      case 'reset':
      case 'protocol':
        yield answerCutShort.at(`response.${trouble.phase}`, { phase: trouble.phase, seen })
        return
      case 'timeout':
        if (trouble.phase === 'body') yield answerSlow.at('response.body', { seen })
        return
      case 'dns':
      case 'refused':
      case 'unreachable':
      case 'tls':
        // Nobody answered: that is for unsettledBy, not for a rule about answers.
        return
    }
  },
  examples: [
    { title: 'a whole answer', given: { trouble: undefined }, yields: [] },
    { title: 'nobody there', given: given('refused', 'connect'), yields: [] },
    { title: 'silence', given: given('timeout', 'head'), yields: [] },
    { title: 'an SSH banner', given: given('not-http', 'head'), yields: [answerGarbled] },
    { title: 'a hundred megabytes of header', given: given('head-too-large', 'head'), yields: [answerHeadTooLarge] },
    { title: 'a reset in the content', given: given('reset', 'body'), yields: [answerCutShort] },
    { title: 'closed without a word', given: given('closed-early', 'head'), yields: [answerCutShort] },
    { title: 'a byte a second', given: given('timeout', 'body'), yields: [answerSlow] },
  ],
})

function given(kind: Trouble['kind'], phase: Trouble['phase']): Pick<Exchange, 'trouble'> {
  return { trouble: { kind, phase, message: 'as seen', afterMs: 1 } }
}
