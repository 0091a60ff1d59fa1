import type { Answer } from './visitor.ts'

/** The line `Set-Cookie` of an answer that sets this cookie and does not take it away (RFC 6265 sections 4.1.1 and 4.1.2). */
export function setCookieLine({ fields }: Answer, cookie: string): string | undefined {
  return fields.find(
    ([name, value]) => name.toLowerCase() === 'set-cookie' && value.startsWith(`${cookie}=`) && !takesAway(value),
  )?.[1]
}

/** What a visitor sends back of it: `NAME=value`. */
export function cookiePair(answer: Answer, cookie: string): string | undefined {
  return setCookieLine(answer, cookie)?.split(';')[0]?.trim()
}

/** An empty value, or a life that is over: HAProxy tells visitors so whose server has no value of the cookie. */
function takesAway(line: string): boolean {
  const [pair = '', ...attributes] = line.split(';').map((each) => each.trim())
  if (pair.endsWith('=')) return true
  return attributes.some((each) => {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(each) ?? []
    if (/^max-age$/i.test(name)) return Number(value) <= 0
    return /^expires$/i.test(name) && Date.parse(value.replaceAll('-', ' ')) < Date.now()
  })
}
