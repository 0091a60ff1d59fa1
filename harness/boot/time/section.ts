import { z } from 'zod'
import { dayOf } from './calendar.ts'
import { answerNames } from './expectation.ts'
import type { DateClass } from './moments.ts'
import { dateClasses } from './moments.ts'

const day = z
  .string()
  .refine((text) => dayOf(text) !== undefined, { error: 'a day that there was, such as 2024-02-29' })
const words = z.tuple([z.string().min(1)], z.string())
const pattern = z.string().min(1).refine(isPattern, { error: 'a regular expression' })
const classNames = Object.keys(dateClasses).filter(
  (name): name is DateClass => name in dateClasses && name !== 'ordinary',
)

const certificate = z.strictObject({
  path: z.string().startsWith('/', { error: 'an absolute path' }).meta({ description: 'A certificate, or a folder' }),
  after: z
    .enum(['works', 'refuses'])
    .default('works')
    .meta({ description: 'What the command must do once it has ended: renew it and go on, or refuse it' }),
})

/** A command that is started under a sweep of dates. */
export const datesEntry = z
  .strictObject({
    name: z.string().min(1),
    image: z.string().min(1).optional().meta({ description: 'Image that it runs in; glibc, nothing else is needed' }),
    build: z.string().min(1).optional().meta({ description: 'Folder with a Dockerfile, in place of an image' }),
    command: words.meta({
      description: 'Program and arguments. Words that begin with ./ or ../ are files of yours, put into the container',
    }),
    ready: z.string().min(1).optional().meta({
      description: 'For what stays: a line for sh that ends with 0 when it is up, such as curl -sf localhost',
    }),
    zone: z.string().min(1).default('UTC').meta({ description: 'Time zone that it lives in: Europe/Berlin' }),
    years: z
      // Nanoseconds since 1970 leave 64 bits in 2262: Python, for one, does not start then, whatever it is to do.
      .array(z.int().min(1971).max(2261))
      .min(1)
      .max(50)
      .optional()
      .meta({ description: 'Years whose days are tried; those of the range, else 2000, 2023, 2024 and 2100' }),
    from: day.optional().meta({ description: 'First day that is tried' }),
    until: day.optional().meta({ description: 'Last day that is tried' }),
    classes: z.array(z.enum(classNames)).min(1).optional().meta({ description: 'Kinds of days; all when left out' }),
    ordinary: z
      .array(day)
      .min(1)
      .max(5)
      .optional()
      .meta({ description: 'Days on which it must work, else it is not judged' }),
    certificates: z.array(certificate).default([]).meta({ description: 'That it uses: their ends are tried too' }),
    prints: pattern.optional().meta({ description: 'Must match what it prints, on every date' }),
    answers: z
      .strictObject({
        is: z
          .enum(answerNames)
          .meta({ description: 'Reckoned from the day in the zone; a day that is not there is the last of its month' }),
        in: pattern
          .optional()
          .meta({ description: 'Where in its output: a match, or its first group. The first date unless said' }),
      })
      .optional()
      .meta({ description: 'Date that it must print, YYYY-MM-DD' }),
    env: z.record(z.string(), z.string()).default({}),
    user: z.string().optional(),
    fresh: z
      .boolean()
      .default(false)
      .meta({ description: 'A new container or machine for each date, for what leaves something behind' }),
    machine: z.boolean().default(false).meta({
      description:
        'In a virtual machine whose own clock has the date, for what no library reaches: static programs, musl. No services run in it',
    }),
    timeoutSeconds: z.number().min(1).max(3_600).default(30).meta({ description: 'What lasts longer hangs' }),
  })
  .refine(({ image, build }) => (image === undefined) !== (build === undefined), {
    error: 'image or build, one of the two',
  })

export type DatesEntry = z.infer<typeof datesEntry>

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'm') instanceof RegExp
  } catch {
    return false
  }
}
