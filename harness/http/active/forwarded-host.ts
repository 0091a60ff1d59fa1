import { document, probe, rule } from '../../kernel/index.ts'
import { isSharedFresh } from '../cacheability.ts'
import type { ProbeContext } from '../probe-context.ts'
import { varies } from './support/page.ts'

const poisoning = document(
  'PortSwigger, Practical Web Cache Poisoning',
  'https://portswigger.net/research/practical-web-cache-poisoning',
)

const cached = rule({
  id: 'http/forwarded-host-cached',
  level: 'error',
  reference: poisoning,
  says: (e: { where: string }) =>
    `The client's X-Forwarded-Host is written into the ${e.where}, and shared caches may keep the answer.`,
  wants: 'What a client says of the host reaches no answer that others get.',
  remedy: 'Take the host from your own configuration, and let the first proxy drop X-Forwarded-Host from clients.',
})

const believed = rule({
  id: 'http/forwarded-host-believed',
  level: 'warning',
  reference: poisoning,
  says: (e: { where: string }) => `The client's X-Forwarded-Host is written into the ${e.where}.`,
  wants: 'Only proxies of your own may say which host was asked.',
  remedy: 'Take the host from your own configuration, and let the first proxy drop X-Forwarded-Host from clients.',
})

interface Seen {
  /** Where the name of ours came back. */
  readonly where: readonly string[]
  /** Shared caches may keep the answer, under a key without that field. */
  readonly keepable: boolean
}

const forged = 'forwarded.seatrial.invalid'

/** A client that says for itself which host was asked, as only proxies may. */
export const forwardedHost = probe({
  id: 'http/forwarded-host',
  rules: [cached, believed],
  async gather({ ask }: ProbeContext): Promise<Seen> {
    const answer = await ask({ fields: [['X-Forwarded-Host', forged]] })
    const { response } = answer
    const { fields, decoded } = response
    const content = decoded.state === 'decoded' ? Buffer.from(decoded.body) : Buffer.alloc(0)
    return {
      where: [
        ...(fields.lines.some(({ value }) => value.toLowerCase().includes(forged)) ? ['fields'] : []),
        ...(content.includes(forged) ? ['content'] : []),
      ],
      keepable: isSharedFresh(answer) && !varies(fields, 'x-forwarded-host'),
    }
  },
  *run({ where, keepable }: Seen) {
    for (const part of where) {
      yield (keepable ? cached : believed).at(`response.${part}`, { where: part })
    }
  },
  examples: [
    { title: 'not looked at', given: { where: [], keepable: true }, yields: [] },
    { title: 'in Location, and kept', given: { where: ['fields'], keepable: true }, yields: [cached] },
    { title: 'in links, for the one who asked', given: { where: ['content'], keepable: false }, yields: [believed] },
  ],
})
