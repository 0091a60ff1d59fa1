import { z } from 'zod'
import { bytesOf, size } from '../../input/index.ts'
import { UsageError } from '../../kernel/index.ts'
import type { Counts, MirrorOptions } from '../../mirror/index.ts'
import { shareOf } from '../../mirror/index.ts'
import { commonOptions } from '../http/gate-options.ts'

export const path = 'seatrial mirror'

/** What a mirror and a replay both take. */
export const comparingOptions = commonOptions.extend({
  candidate: z.string(),
  secondary: z.string().optional(),
  allow: z.array(z.string()).default([]),
  ignore: z.array(z.string()).default([]),
  unordered: z.array(z.string()).default([]),
  maxBody: size.default('10MiB'),
  maxHeld: size.default('256MiB'),
  inFlight: z.coerce.number().int().min(1).max(10_000).default(256),
  deadline: z.coerce.number().positive().max(3_600).default(10),
  slowest: z.coerce.number().min(1).default(1.5),
  falseAlarms: z.string().default('1%'),
  sees: z.string().default('5%'),
  askAgain: z.boolean().default(true),
  json: z.boolean().default(false),
})

/** How two answers are compared and judged. @throws UsageError */
export function comparingOf(
  given: z.infer<typeof comparingOptions>,
): Pick<MirrorOptions, 'candidate' | 'secondary' | 'compare' | 'limits' | 'alpha' | 'slowest' | 'seed'> {
  return {
    candidate: urlOf(given.candidate, '--candidate'),
    ...(given.secondary !== undefined && { secondary: urlOf(given.secondary, '--secondary') }),
    compare: { ignore: given.ignore, unordered: given.unordered },
    limits: {
      inFlight: given.inFlight,
      deadlineMs: given.deadline * 1_000,
      maxBody: bytesOf(given.maxBody),
      maxHeld: bytesOf(given.maxHeld),
    },
    alpha: shareOf(given.falseAlarms, `${path} --false-alarms`),
    slowest: given.slowest,
    seed: given.seed,
  }
}

/** @throws UsageError */
export function urlOf(text: string, option: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '') return url
  throw new UsageError({ path: `${path} ${option}`, given: text, wanted: 'http://HOST:PORT, without a path' })
}

/** One line for who waits. */
export function countsLine({ requests, fates }: Counts): string {
  return `${requests} requests, ${fates['compared equal'] ?? 0} equal, ${fates['compared different'] ?? 0} different`
}

/** One line a fate, and their sum. */
export function fatesOf({ requests, open, fates }: Counts): string {
  const lines = Object.entries(fates).toSorted(([, a], [, b]) => b - a)
  const all = [...lines, ...(open > 0 ? [['open', open] as const] : []), ['requests', requests] as const]
  const width = String(requests).length
  return all.map(([fate, count]) => `${String(count).padStart(width)}  ${fate}\n`).join('')
}
