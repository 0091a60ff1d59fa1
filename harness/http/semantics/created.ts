import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const safe = rule({
  id: 'http/created-by-safe-method',
  level: 'warning',
  reference: rfc(9110, '9.2.1'),
  says: (e: { method: string }) => `${e.method} was answered with 201: a safe method created something.`,
  wants: 'Safe methods change nothing.',
  remedy: 'Create by POST or PUT; crawlers and prefetchers follow every GET.',
  aka: { redbot: 'CREATED_SAFE_METHOD' },
})

const unlocated = rule({
  id: 'http/created-unlocated',
  level: 'warning',
  reference: rfc(9110, '15.3.2'),
  says: () => 'A POST was answered with 201 and no Location, which says that the new thing is where the POST went.',
  wants: 'Location names what a POST created.',
  remedy: 'Send Location.',
  aka: { redbot: 'CREATED_WITHOUT_LOCATION' },
})

const unlocatedTarget = note(
  'http/created-unlocated-target',
  'CREATED_WITHOUT_LOCATION',
  rfc(9110, '15.3.2'),
  () => 'A 201 response has no Location, so what was created is the resource that was asked for.',
)

/** 201: by which method, and where (RFC 9110 section 15.3.2). */
export const created = check({
  id: 'http/created',
  rules: [safe, unlocated, unlocatedTarget],
  applies: ({ response }) => response.status === 201,
  *run({ request: { method }, response }: Message) {
    if (response.status !== 201) return
    if (['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method))
      yield safe.at('response.status', { method: excerpt(method) })
    if (response.fields.has('location')) return
    yield (method === 'POST' ? unlocated : unlocatedTarget).at('response.fields.location')
  },
  examples: [
    { title: 'a page', given: given(), yields: [] },
    {
      title: 'a PUT, which creates where it goes',
      given: given({ method: 'PUT', status: 201 }),
      yields: [unlocatedTarget],
    },
    {
      title: 'a POST that says where',
      given: given({ method: 'POST', status: 201, fields: [['Location', '/1']] }),
      yields: [],
    },
    { title: 'a GET', given: given({ status: 201 }), yields: [safe, unlocatedTarget] },
    { title: 'a POST that does not say where', given: given({ method: 'POST', status: 201 }), yields: [unlocated] },
  ],
})
