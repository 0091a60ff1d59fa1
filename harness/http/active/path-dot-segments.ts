import { document, probe, rfc, rule } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { hexadecimal } from '../random.ts'
import { isServerFailure, patienceMs, reactionOf } from './support/reaction.ts'

const escaped = rule({
  id: 'http/path-dot-segments-escaped',
  level: 'error',
  reference: document('CWE-22', 'https://cwe.mitre.org/data/definitions/22.html'),
  says: (e: { written: string }) => `A path that climbs with ${e.written} brings a file of the machine.`,
  wants: 'Nothing outside the folder of the site is served.',
  remedy: 'Resolve the decoded path first, and serve it only if it still begins with the folder of the site.',
})

const failed = rule({
  id: 'http/path-dot-segments-failed',
  level: 'warning',
  reference: rfc(3986, '5.2.4'),
  says: (e: { written: string; status: number }) => `A path that climbs with ${e.written} is answered ${e.status}.`,
  wants: 'A path that climbs out of the site is answered 400 or 404, or as the path without the climb.',
  remedy: 'Look at the server log; a client must not be able to raise an exception by a path.',
})

interface Tried {
  /** How the two dots were written. */
  readonly written: string
  /** null where the connection was closed, or nothing came. */
  readonly status: number | null
  /** The content looks like the list of the machine's accounts. */
  readonly outside: boolean
}

interface Seen {
  readonly base: number
  readonly tried: readonly Tried[]
}

const seen = (more: Partial<Tried> = {}): Seen => ({
  base: 200,
  tried: [{ written: '..', status: 404, outside: false, ...more }],
})

/** Paths that climb out of the site, beside the page: as they stand, and percent-encoded. */
export const pathDotSegments = probe({
  id: 'http/path-dot-segments',
  intrusive: true,
  rules: [escaped, failed],
  async gather({ url, base, send, random }: ProbeContext): Promise<Seen> {
    const folder = url.pathname.replace(/[^/]*$/, `seatrial-${hexadecimal(random, 6)}/`)
    const tried: Tried[] = []
    for (const written of ['..', '%2e%2e']) {
      const exchange = await send({
        target: `${folder}${`${written}/`.repeat(12)}etc/passwd`,
        deadlineMs: patienceMs,
      })
      const reaction = reactionOf(exchange)
      const content = Buffer.from(exchange.response?.body ?? []).toString('latin1')
      tried.push({
        written,
        status: reaction.kind === 'answered' ? reaction.status : null,
        outside: /^root:[^:\n]*:0:0:/m.test(content),
      })
    }
    return { base: base.response.status, tried }
  },
  *run({ base, tried }: Seen) {
    for (const [index, { written, status, outside }] of tried.entries()) {
      if (outside) yield escaped.at(`tried.${index}.body`, { written })
      if (status !== null && status !== base && isServerFailure(status)) {
        yield failed.at(`tried.${index}.status`, { written, status })
      }
    }
  },
  examples: [
    { title: 'not found', given: seen(), yields: [] },
    { title: 'closed', given: seen({ status: null }), yields: [] },
    { title: 'a page that is broken anyway', given: { ...seen({ status: 500 }), base: 500 }, yields: [] },
    { title: 'the accounts', given: seen({ written: '%2e%2e', status: 200, outside: true }), yields: [escaped] },
    { title: 'an exception', given: seen({ status: 500 }), yields: [failed] },
  ],
})
