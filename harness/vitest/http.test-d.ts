import type { Assertion } from 'vitest'
import type { HttpExpectations } from './http.ts'

/** What the compiler promises about the matcher for HTTP: this file is type-checked, never run. */

export const everyGroup: HttpExpectations = {
  answer: { status: 200 },
  caching: { sharedForSeconds: 60 },
  content: { type: 'text/html' },
  cookies: { none: true },
  // What the configuration fills in need not be said here either.
  protocol: { missingPage: {} },
  security: { framing: 'none' },
  timing: { totalMs: 300 },
}

export const matched = (page: Assertion<void, string>): Promise<void> =>
  page.toMeetHttp(everyGroup, { name: 'the page', deadlineMs: 1000 })

export const refused = async (page: Assertion<void, string>): Promise<void> => {
  // @ts-expect-error a property that no configuration may have either
  await page.toMeetHttp({ caching: { sharedForSecond: 60 } })

  // @ts-expect-error a value that makes no sense
  await page.toMeetHttp({ security: { framing: 'some' } })

  // @ts-expect-error nothing is expected
  await page.toMeetHttp()
}
