import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import { isSharedFresh } from '../cacheability.ts'
import { cookiesOf } from '../grammar/set-cookie.ts'
import type { ProbeContext } from '../probe-context.ts'
import { hexadecimal } from '../random.ts'
import { isStill, noPage, sameContent, varies } from './support/page.ts'

const shared = rule({
  id: 'http/cookie-split-shared',
  level: 'error',
  reference: rfc(9111, '4.1'),
  says: () => 'Cookies change the page, shared caches may keep it, and Vary does not name Cookie.',
  wants: 'A page that depends on cookies is private, or says Vary: Cookie.',
  remedy: 'Send Cache-Control: private with it; as it is, a cache shows the page of one visitor to all others.',
})

const cookieSet = rule({
  id: 'http/cookie-split-cookie-set',
  level: 'warning',
  reference: rfc(9111, '7.3'),
  says: (e: { name: string }) =>
    `Who comes with cookies is set another, ${e.name}, in an answer that shared caches may keep.`,
  wants: 'An answer that sets a cookie is kept by no shared cache.',
  remedy: 'Send Cache-Control: private or no-store with Set-Cookie; else many visitors get one and the same cookie.',
})

interface Seen {
  /** The answer with cookies has the same status and content as that without. */
  readonly same: boolean
  /** Without cookies the page still was what it had been. */
  readonly still: boolean
  /** A shared cache would give one of the answers to the request for the other. */
  readonly shared: boolean
  /** First cookie that the answer to cookies sets while shared caches may keep it; null without. */
  readonly set: string | null
}

const seen = (more: Partial<Seen> = {}): Seen => ({ same: true, still: true, shared: true, set: null, ...more })

/** Cookies by which pages are often chosen. Their values mean nothing to anybody. */
const names = ['session', 'sessionid', 'user', 'lang', 'theme', 'currency', 'country']

/** The page with cookies, against the page without. */
export const cookieSplit = probe({
  id: 'http/cookie-split',
  rules: [shared, cookieSet],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask, random } = context
    const without = noPage(context)
    if (without !== undefined) return without
    const value = hexadecimal(random, 8)
    const given = cookiesOf(base.response.fields).map((cookie) => `${cookie.name}=${cookie.value}`)
    const made = names.map((name) => `${name}=${value}`)
    const answer = await ask({ fields: [['Cookie', [...given, ...made].join('; ')]] })
    const same = answer.response.status === base.response.status && sameContent(base, answer)
    const kept = [base, answer].filter(isSharedFresh)
    // A page that sets cookies for everybody is seen by reading it.
    const [set] = given.length === 0 && isSharedFresh(answer) ? cookiesOf(answer.response.fields) : []
    return {
      same,
      still: same || (await isStill(context)),
      shared: kept.some(({ response }) => !varies(response.fields, 'cookie')),
      set: set?.name ?? null,
    }
  },
  *run({ same, still, shared: kept, set }: Seen) {
    if (!same && still && kept) yield shared.at('response.body')
    if (set !== null) yield cookieSet.at('response.fields.set-cookie', { name: set })
  },
  examples: [
    { title: 'the same page', given: seen(), yields: [] },
    { title: 'another page, which no shared cache keeps', given: seen({ same: false, shared: false }), yields: [] },
    { title: 'a page that changes by itself', given: seen({ same: false, still: false }), yields: [] },
    { title: 'another page under the same key', given: seen({ same: false }), yields: [shared] },
    { title: 'a session that is renewed', given: seen({ set: 'session' }), yields: [cookieSet] },
  ],
})
