import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import { isUnstorable } from '../cacheability.ts'
import type { Message } from '../message.ts'
import type { ProbeContext } from '../probe-context.ts'
import { isStill, noPage, sameContent, varies } from './support/page.ts'

const missing = rule({
  id: 'http/vary-language-missing',
  level: 'error',
  reference: rfc(9110, '12.5.5'),
  says: (e: { language: string }) =>
    `Accept-Language: ${e.language} brings another page than none, caches may keep it, and Vary does not name it.`,
  wants: 'An answer chosen by Accept-Language says Vary: Accept-Language.',
  remedy: 'Send Vary: Accept-Language with every answer of the page, or give each language an address of its own.',
})

interface Seen {
  /** The first language whose page is another than the one without Accept-Language; null when there is none. */
  readonly language: string | null
  /** Both answers name Accept-Language in Vary. */
  readonly varies: boolean
  /** A cache may keep at least one of them. */
  readonly storable: boolean
}

// Two that many sites have, so that one differs from the page's own language.
const languages = ['de', 'fr']

/** The page for people who read other languages. */
export const varyLanguage = probe({
  id: 'http/vary-language',
  rules: [missing],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const without = noPage(context)
    if (without !== undefined) return without
    for (const language of languages) {
      const answer = await ask({ fields: [['Accept-Language', language]] })
      const { status, fields } = answer.response
      if (status !== 200) return { notApplicable: `Accept-Language changes the status: ${status}` }
      const named = fields.get('content-language') ?? ''
      const other = named !== (base.response.fields.get('content-language') ?? '')
      // A page that changes by itself, or from node to node, is told by its language alone.
      if (!other && (sameContent(base, answer) || !(await isChosenBy(language, answer, context)))) continue
      return {
        language,
        varies: [base, answer].every(({ response }) => varies(response.fields, 'accept-language')),
        storable: [base, answer].some((each) => !isUnstorable(each)),
      }
    }
    return { language: null, varies: false, storable: true }
  },
  *run({ language, varies: told, storable }: Seen) {
    if (language !== null && !told && storable) yield missing.at('response.fields.vary', { language })
  },
  examples: [
    { title: 'one language for all', given: { language: null, varies: false, storable: true }, yields: [] },
    { title: 'two, and told', given: { language: 'de', varies: true, storable: true }, yields: [] },
    { title: 'two that no cache keeps', given: { language: 'de', varies: false, storable: false }, yields: [] },
    { title: 'two, not told', given: { language: 'fr', varies: false, storable: true }, yields: [missing] },
  ],
})

/** Asked twice more: the language brings the same again, and without it the page is still what it was. */
async function isChosenBy(language: string, answer: Message, context: ProbeContext): Promise<boolean> {
  const again = await context.ask({ fields: [['Accept-Language', language]] })
  return sameContent(answer, again) && (await isStill(context))
}
