import { z } from 'zod'
import { answer } from './answer.ts'
import { caching } from './caching.ts'
import { content } from './content.ts'
import { cookies } from './cookies.ts'
import type { Expectation } from './expectation.ts'
import { protocol } from './protocol.ts'
import { security } from './security.ts'
import { timing } from './timing.ts'

/** Everything that a page can be expected to be, by group and name, as a configuration has it. */
export const groups = { answer, caching, content, cookies, protocol, security, timing }

type Schemas<Group extends Readonly<Record<string, Expectation>>> = {
  -readonly [Name in keyof Group]: z.ZodOptional<Group[Name]['schema']>
}

function groupSchema<Group extends Readonly<Record<string, Expectation>>>(group: Group) {
  const shape = Object.fromEntries(Object.entries(group).map(([name, one]) => [name, one.schema.optional()]))
  // The keys are those of the group, and each value the optional schema of its expectation.
  return z.strictObject(shape as Schemas<Group>).optional()
}

/** The section `expect` of a page. */
export const expectSection = z.strictObject({
  answer: groupSchema(answer).meta({ description: 'Status and fields' }),
  caching: groupSchema(caching).meta({ description: 'Who may keep the page, and for how long' }),
  content: groupSchema(content).meta({ description: 'What the page holds' }),
  cookies: groupSchema(cookies).meta({ description: 'What every cookie is like' }),
  protocol: groupSchema(protocol).meta({ description: 'What is answered to further questions' }),
  security: groupSchema(security).meta({ description: 'What browsers are told to forbid' }),
  timing: groupSchema(timing).meta({ description: 'How long the page may take' }),
})

export type ExpectSection = z.infer<typeof expectSection>

/** What a section expects, each with the value that it gives. */
export function expectedBy(section: ExpectSection): { readonly expectation: Expectation; readonly value: unknown }[] {
  const tables: Readonly<Record<string, Readonly<Record<string, Expectation>>>> = groups
  return Object.entries(section).flatMap(([group, values]) =>
    Object.entries(values ?? {}).flatMap(([name, value]) => {
      const expectation = tables[group]?.[name]
      return expectation === undefined || value === undefined ? [] : [{ expectation, value }]
    }),
  )
}

/** Every expectation there is, as checks. */
export function expectationChecks(): Expectation['check'][] {
  return Object.values(groups).flatMap((group) => Object.values(group).map((one: Expectation) => one.check))
}
