import type { Answer } from './visitor.ts'

/** The line `Set-Cookie` of an answer that sets this cookie (RFC 6265 section 4.1.1). */
export function setCookieLine({ fields }: Answer, cookie: string): string | undefined {
  return fields.find(([name, value]) => name.toLowerCase() === 'set-cookie' && value.startsWith(`${cookie}=`))?.[1]
}

/** What a visitor sends back of it: `NAME=value`. */
export function cookiePair(answer: Answer, cookie: string): string | undefined {
  return setCookieLine(answer, cookie)?.split(';')[0]?.trim()
}
