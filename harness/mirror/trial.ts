import type { StepReport } from '../kernel/index.ts'
import { seededRandom } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { shareOf, userKey } from './cohort/cohort.ts'
import { beginMirror, mirrorStep } from './look.ts'
import type { MirrorOptions } from './open-mirror.ts'
import { openMirror } from './open-mirror.ts'
import type { MirrorSection, MirrorServer } from './section.ts'
import { sendTraffic } from './send-traffic.ts'

/** Copies under way at once, and memory for their content. */
const limits = { inFlight: 64, maxBody: 10 * 2 ** 20, maxHeld: 256 * 2 ** 20 }

/** One step: a mirror before the primary, the traffic through it, and what was seen. */
export async function* trial(context: TrialContext<MirrorSection>): AsyncGenerator<StepReport> {
  const { section, seed, signal, clock, only, command = 'seatrial run' } = context
  const settings = await settingsOf(context)
  const subject = `${nameOf(section.candidate)} in the place of ${nameOf(section.primary)}`
  const begin = beginMirror(subject, clock)
  const mirror = await openMirror(settings)
  context.progress(`dark launch: ${section.requests} requests, ${subject}`)
  let isClosed = false
  try {
    await sendTraffic(mirror, {
      ...section,
      random: seededRandom(seed, 'traffic'),
      open: Math.max(1, limits.inFlight - section.connections),
      signal,
    })
    isClosed = true
    const seen = await mirror.close()
    yield await mirrorStep(begin, seen, {
      only,
      sees: shareOf(section.sees, 'darkLaunch.sees'),
      replay: command,
      subject,
    })
  } finally {
    if (!isClosed) await mirror.close()
  }
}

async function settingsOf({ section, stack, allow, seed, clock }: TrialContext<MirrorSection>): Promise<MirrorOptions> {
  const urlOf = async (server: MirrorServer): Promise<URL> => {
    const url = new URL('url' in server ? server.url : await stack.part(server.in).origin(server.port))
    allow(url)
    return url
  }
  const [primary, candidate] = [await urlOf(section.primary), await urlOf(section.candidate)]
  return {
    listen: { host: '127.0.0.1', port: 0 },
    primary,
    candidate,
    ...(section.secondary !== undefined && { secondary: await urlOf(section.secondary) }),
    ...(section.askAgain && { askAgain: primary }),
    cohort: {
      share: shareOf(section.cohort, 'darkLaunch.cohort'),
      by: userKey(section.by, 'darkLaunch.by'),
      allow: section.allow,
    },
    compare: { ignore: section.ignore, unordered: section.unordered },
    limits: { ...limits, inFlight: Math.max(limits.inFlight, 2 * section.connections), deadlineMs: section.deadlineMs },
    alpha: shareOf(section.falseAlarms, 'darkLaunch.falseAlarms'),
    slowest: section.slowest,
    seed,
    clock,
  }
}

/** A part by its name, without the port that the engine gave it. */
function nameOf(server: MirrorServer): string {
  if ('url' in server) return new URL(server.url).origin
  return server.port === undefined ? server.in : `${server.in}:${server.port}`
}
