import { resolve } from 'node:path'
import type { StepReport } from '../kernel/index.ts'
import { seededRandom } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { shareOf, userKey } from './cohort/cohort.ts'
import { beginMirror, mirrorStep } from './look.ts'
import type { MirrorOptions } from './open-mirror.ts'
import { openMirror } from './open-mirror.ts'
import { openReplay } from './open-replay.ts'
import type { MirrorSection, MirrorServer } from './section.ts'
import type { MirrorSeen } from './seen.ts'
import type { Sending } from './send-traffic.ts'
import { sendTraffic } from './send-traffic.ts'

/** Copies under way at once, and memory for their content. */
const limits = { inFlight: 64, maxBody: 10 * 2 ** 20, maxHeld: 256 * 2 ** 20 }

/** One step: the traffic goes to both, through a mirror or out of a file, and what was seen is judged. */
export async function* trial(context: TrialContext<MirrorSection>): AsyncGenerator<StepReport> {
  const { section, signal, clock, only, command = 'seatrial run' } = context
  const sees = shareOf(section.sees, 'darkLaunch.sees')
  const settings = await settingsOf(context)
  const subject = `${nameOf(section.candidate)} in the place of ${nameOf(section.primary)}`
  const begin = beginMirror(subject, clock)
  const { traffic } = section
  context.progress(`dark launch: ${typeof traffic === 'string' ? traffic : `${section.requests} requests`}, ${subject}`)
  const seen =
    typeof traffic === 'string'
      ? await replayed(traffic, settings, context)
      : await sent({ ...section, traffic }, settings, context)
  signal.throwIfAborted()
  yield await mirrorStep(begin, seen, { only, sees, replay: command, subject })
}

async function sent(
  section: Pick<Sending, 'traffic' | 'requests' | 'connections'>,
  settings: MirrorOptions,
  { seed, signal }: TrialContext<MirrorSection>,
): Promise<MirrorSeen> {
  const mirror = await openMirror(settings)
  const sending = { ...section, random: seededRandom(seed, 'traffic'), signal }
  try {
    await sendTraffic(mirror, { ...sending, open: Math.max(1, settings.limits.inFlight - section.connections) })
  } catch (error) {
    await mirror.close()
    throw error
  }
  return mirror.close()
}

async function replayed(
  file: string,
  { listen: _, askAgain, ...settings }: MirrorOptions,
  { section, baseFolder, signal }: TrialContext<MirrorSection>,
): Promise<MirrorSeen> {
  const { speed = Number.POSITIVE_INFINITY, connections, logFormat } = section
  const replay = await openReplay({
    ...settings,
    file: resolve(baseFolder, file),
    given: { name: file, ...(logFormat !== undefined && { logFormat }) },
    askAgain: askAgain !== undefined,
    speed,
    order: 'connection',
    connections,
    signal,
  })
  return replay.run()
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
