import type { NotApplicable } from '../../../kernel/index.ts'
import type { Message } from '../../message.ts'
import type { ProbeContext } from '../../probe-context.ts'
import { noPage } from './page.ts'

// One request for all probes that stand on it; the page's own answer is what the contexts of one page share.
const asked = new WeakMap<Message, Map<string, Promise<Message>>>()

/** The page as a client gets it that accepts one coding. Asked once for a page and coding, whoever wants it. */
export function codedPage({ base, ask }: ProbeContext, coding = 'gzip'): Promise<Message> {
  const ofPage = asked.get(base) ?? new Map<string, Promise<Message>>()
  asked.set(base, ofPage)
  const answer = ofPage.get(coding) ?? ask({ fields: [['Accept-Encoding', coding]] })
  ofPage.set(coding, answer)
  return answer
}

/** As `noPage`, for probes that need a page which is uncoded unless somebody asks for a coding. */
export function noUncodedPage(context: ProbeContext): NotApplicable | undefined {
  const without = noPage(context)
  if (without !== undefined) return without
  return codingOf(context.base) === '' ? undefined : { notApplicable: 'the page is coded even when nobody asks for it' }
}

/** A page that is uncoded unless somebody asks, as it comes to a client that accepts gzip, and the coding it then has. */
export async function pageAsGzip(
  context: ProbeContext,
): Promise<{ readonly whole: Message; readonly coding: string } | NotApplicable> {
  const without = noUncodedPage(context)
  if (without !== undefined) return without
  const whole = await codedPage(context)
  const coding = codingOf(whole)
  if (whole.response.status === 200 && coding !== '') return { whole, coding }
  return { notApplicable: 'the page is not sent as gzip' }
}

/** Content-Encoding in lower case, without the `x-` of old; empty where there is none, or identity. */
export function codingOf({ response }: Message): string {
  const coding = (response.fields.get('content-encoding') ?? '').trim().toLowerCase().replace(/^x-/, '')
  return coding === 'identity' ? '' : coding
}
