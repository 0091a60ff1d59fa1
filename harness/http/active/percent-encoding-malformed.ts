import { document, probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { hexadecimal } from '../random.ts'
import { isServerFailure, patienceMs, reactionOf } from './support/reaction.ts'
import { stackTraceIn } from './support/stack-trace.ts'

const failed = rule({
  id: 'http/percent-encoding-malformed-failed',
  level: 'warning',
  reference: rfc(3986, '2.1'),
  says: (e: { written: string; status: number }) => `A path with ${e.written} in it is answered ${e.status}.`,
  wants: 'A path that cannot be decoded is answered 400 or 404.',
  remedy: 'Decode inside a try, and answer 400; scanners send such paths all day, and each is an alarm.',
})

const stackTrace = rule({
  id: 'http/percent-encoding-malformed-stack-trace',
  level: 'error',
  reference: document('CWE-209', 'https://cwe.mitre.org/data/definitions/209.html'),
  says: (e: { written: string; language: string }) =>
    `A path with ${e.written} in it brings forth a stack trace of ${e.language}.`,
  wants: 'An error page tells visitors nothing of the code.',
  remedy: 'Switch off the debug mode, and write the trace into the log.',
})

interface Tried {
  readonly written: string
  /** null where the connection was closed, or nothing came. */
  readonly status: number | null
  /** Language of a stack trace in the content. */
  readonly trace: string | null
}

interface Seen {
  readonly tried: readonly Tried[]
}

const seen = (more: Partial<Tried> = {}): Seen => ({
  tried: [{ written: '%zz', status: 400, trace: null, ...more }],
})

/** Beside the page, an escape that is none, and one whose bytes are no UTF-8. */
export const percentEncodingMalformed = probe({
  id: 'http/percent-encoding-malformed',
  intrusive: true,
  rules: [failed, stackTrace],
  async gather({ url, base, send, random }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 500) return { notApplicable: `the page answers ${base.response.status}` }
    const folder = url.pathname.replace(/[^/]*$/, '')
    const tried: Tried[] = []
    for (const written of ['%zz', '%c3%28']) {
      const target = `${folder}seatrial-${hexadecimal(random, 6)}-${written}`
      const exchange = await send({ target, deadlineMs: patienceMs })
      const reaction = reactionOf(exchange)
      tried.push({
        written,
        status: reaction.kind === 'answered' ? reaction.status : null,
        trace: stackTraceIn(Buffer.from(exchange.response?.body ?? []).toString('latin1')) ?? null,
      })
    }
    return { tried }
  },
  *run({ tried }: Seen) {
    for (const [index, { written, status, trace }] of tried.entries()) {
      if (status !== null && isServerFailure(status)) yield failed.at(`tried.${index}.status`, { written, status })
      // A trace on every 404 is for http/error-page to tell.
      if (trace !== null && status !== 404) yield stackTrace.at(`tried.${index}.body`, { written, language: trace })
    }
  },
  examples: [
    { title: 'bad request', given: seen(), yields: [] },
    { title: 'closed', given: seen({ status: null }), yields: [] },
    { title: 'an error page that tells all to everybody', given: seen({ status: 404, trace: 'Python' }), yields: [] },
    { title: 'an exception', given: seen({ status: 500 }), yields: [failed] },
    { title: 'a framework that tells all', given: seen({ trace: 'JavaScript' }), yields: [stackTrace] },
  ],
})
