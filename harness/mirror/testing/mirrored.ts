import type { Mirror, MirrorOptions } from '../open-mirror.ts'
import { openMirror } from '../open-mirror.ts'

/** A mirror of a test, before servers of it. */
export function mirrored(
  servers: Pick<MirrorOptions, 'primary' | 'candidate'> & Partial<MirrorOptions>,
): Promise<Mirror> {
  return openMirror({
    listen: { host: '127.0.0.1', port: 0 },
    cohort: { share: 1, by: { kind: 'address' }, allow: [] },
    compare: { ignore: [], unordered: [] },
    limits: { inFlight: 64, deadlineMs: 500, maxBody: 2 ** 20, maxHeld: 2 ** 26 },
    alpha: 0.01,
    slowest: 100,
    seed: 1,
    ...servers,
  })
}
