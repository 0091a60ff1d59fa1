import { document, probe, rule } from '../../kernel/index.ts'
import { isUnstorable } from '../cacheability.ts'
import type { ProbeContext } from '../probe-context.ts'
import { varies } from './support/page.ts'

const fetchCors = document('Fetch standard, CORS protocol', 'https://fetch.spec.whatwg.org/#http-cors-protocol')

const credentialed = rule({
  id: 'http/cors-reflection-credentialed',
  level: 'error',
  reference: fetchCors,
  says: (e: { origin: string }) =>
    `Access-Control-Allow-Origin repeats ${e.origin}, with Access-Control-Allow-Credentials: true.`,
  wants: 'Only origins on a list may read answers that were made with cookies.',
  remedy: 'Compare Origin with a list of whole origins; as it is, any site reads what the signed-in user may read.',
})

const varyMissing = rule({
  id: 'http/cors-reflection-vary-missing',
  level: 'warning',
  reference: document(
    'Fetch standard, CORS protocol and HTTP caches',
    'https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches',
  ),
  says: (e: { origin: string }) => `Access-Control-Allow-Origin repeats ${e.origin}, and Vary does not name Origin.`,
  wants: 'An answer made for one origin says Vary: Origin.',
  remedy: 'Send Vary: Origin always, or Access-Control-Allow-Origin: * where everybody may read.',
})

interface Asked {
  /** What kind of origin was tried. */
  readonly origin: string
  readonly repeated: boolean
  readonly credentials: boolean
  readonly varies: boolean
  readonly storable: boolean
}

interface Seen {
  readonly asked: readonly Asked[]
}

const asked = (more: Partial<Asked> = {}): Seen => ({
  asked: [{ origin: 'a foreign origin', repeated: false, credentials: false, varies: true, storable: true, ...more }],
})

/** Origins that no list holds: a foreign one, the null of sandboxed frames, and one that begins like the host. */
export const corsReflection = probe({
  id: 'http/cors-reflection',
  rules: [credentialed, varyMissing],
  async gather({ url, ask }: ProbeContext): Promise<Seen> {
    const tried = [
      { origin: 'a foreign origin', value: 'https://seatrial.invalid' },
      { origin: 'the origin null', value: 'null' },
      {
        origin: "a foreign origin that begins with the host's name",
        value: `${url.protocol}//${url.hostname}.invalid`,
      },
    ]
    const answers: Asked[] = []
    for (const { origin, value } of tried) {
      const answer = await ask({ fields: [['Origin', value]] })
      const { fields } = answer.response
      answers.push({
        origin,
        repeated: fields.get('access-control-allow-origin') === value,
        credentials: fields.get('access-control-allow-credentials')?.toLowerCase() === 'true',
        varies: varies(fields, 'origin'),
        storable: !isUnstorable(answer),
      })
    }
    return { asked: answers }
  },
  *run({ asked: answers }: Seen) {
    for (const [index, { origin, repeated, credentials, varies: told, storable }] of answers.entries()) {
      const place = `asked.${index}.access-control-allow-origin`
      if (repeated && credentials) yield credentialed.at(place, { origin })
      // null is often a fixed value, and then it does not vary.
      if (repeated && !told && storable && origin !== 'the origin null') yield varyMissing.at(place, { origin })
    }
  },
  examples: [
    { title: 'not allowed', given: asked(), yields: [] },
    { title: 'repeated without credentials, and told', given: asked({ repeated: true }), yields: [] },
    { title: 'repeated with credentials', given: asked({ repeated: true, credentials: true }), yields: [credentialed] },
    { title: 'repeated without Vary', given: asked({ repeated: true, varies: false }), yields: [varyMissing] },
    {
      title: 'null with credentials',
      given: asked({ origin: 'the origin null', repeated: true, credentials: true, varies: false }),
      yields: [credentialed],
    },
  ],
})
