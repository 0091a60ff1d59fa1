import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { SetCookie } from '../grammar/set-cookie.ts'
import { cookiesOf } from '../grammar/set-cookie.ts'
import type { ProbeContext } from '../probe-context.ts'

const attributesDifferent = rule({
  id: 'http/cookie-stable-attributes-different',
  level: 'warning',
  reference: rfc(6265, '4.1.2'),
  says: (e: { name: string; first: string; again: string }) =>
    `The cookie ${e.name} is set with "${e.first}" first, and with "${e.again}" for who comes back with it.`,
  wants: 'A cookie is set with the same protection each time.',
  remedy: 'Set the cookie in one place; the weaker form is the one that stays in the browser.',
})

const replaced = rule({
  id: 'http/cookie-stable-replaced',
  level: 'info',
  reference: rfc(6265, '4.1.1'),
  says: (e: { name: string }) => `The cookie ${e.name} gets another value though the browser has just sent one.`,
  wants: 'A cookie that was sent and is still good is kept.',
  remedy:
    'Look whether sessions are found again; a new one at every page fills the store and loses what visitors have done.',
})

interface Changed {
  readonly name: string
  /** Attributes of protection, as first set and as set again; the same text when they agree. */
  readonly first: string
  readonly again: string
  readonly valueKept: boolean
}

interface Seen {
  readonly cookies: readonly Changed[]
}

const seen = (more: Partial<Changed> = {}): Seen => {
  const protection = 'secure; httponly; samesite=lax; path=/'
  return { cookies: [{ name: 'session', first: protection, again: protection, valueKept: true, ...more }] }
}

/** The page, asked again with the cookies that it sets. */
export const cookieStable = probe({
  id: 'http/cookie-stable',
  rules: [attributesDifferent, replaced],
  async gather({ base, ask }: ProbeContext): Promise<Seen | NotApplicable> {
    const first = cookiesOf(base.response.fields).filter(({ name, value }) => name !== '' && value !== '')
    if (first.length === 0) return { notApplicable: 'the page sets no cookie' }
    const { response } = await ask({
      fields: [['Cookie', first.map(({ name, value }) => `${name}=${value}`).join('; ')]],
    })
    const again = cookiesOf(response.fields)
    return {
      cookies: first.flatMap((cookie) => {
        const next = again.find(({ name }) => name === cookie.name)
        // An empty value takes the cookie away: that is an answer, too.
        if (next === undefined || next.value === '') return []
        return [
          {
            name: cookie.name,
            first: protectionOf(cookie),
            again: protectionOf(next),
            valueKept: next.value === cookie.value,
          },
        ]
      }),
    }
  },
  *run({ cookies }: Seen) {
    for (const [index, { name, first, again, valueKept }] of cookies.entries()) {
      const place = `cookies.${index}`
      if (first !== again) yield attributesDifferent.at(place, { name, first, again })
      if (!valueKept) yield replaced.at(place, { name })
    }
  },
  examples: [
    { title: 'not set again', given: { cookies: [] }, yields: [] },
    { title: 'set again as it was', given: seen(), yields: [] },
    {
      title: 'without HttpOnly',
      given: seen({ again: 'secure; samesite=lax; path=/' }),
      yields: [attributesDifferent],
    },
    { title: 'another session each time', given: seen({ valueKept: false }), yields: [replaced] },
  ],
})

/** What decides who may read and send the cookie, in one order and lower case; lifetimes may move. */
function protectionOf(cookie: SetCookie): string {
  return ['secure', 'httponly', 'samesite', 'path', 'domain']
    .filter((name) => cookie.has(name))
    .map((name) => (cookie.get(name) === undefined ? name : `${name}=${cookie.get(name)?.toLowerCase()}`))
    .join('; ')
}
