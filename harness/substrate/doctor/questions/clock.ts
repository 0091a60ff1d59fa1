import { question } from '../question.ts'

/**
 * Dates in answers are compared with this clock. Whether it is right cannot be known without
 * asking the network, which the doctor does not; whether it can be right can.
 */
export const clock = question({
  id: 'clock',
  title: 'Clock',
  neededBy: 'run',
  async ask() {
    const wall = Date.now()
    const mono = performance.now()
    const tick = await new Promise<number>((resolve) => setImmediate(() => resolve(performance.now())))
    const now = new Date(wall)
    const drift = Date.now() - wall - (performance.now() - mono)
    const fix = 'set the clock: timedatectl set-ntp true, or date -u -s'
    if (tick < mono) return { state: 'missing', detail: 'the monotonic clock goes backwards', fix }
    if (now.getUTCFullYear() < 2026) return { state: 'missing', detail: `it says ${now.toISOString()}`, fix }
    if (Math.abs(drift) > 1_000) {
      return { state: 'degraded', detail: `it was set by ${Math.round(drift)} ms while we looked`, fix }
    }
    return { state: 'ok', detail: `${now.toISOString()}, monotonic; its offset from true time is not known` }
  },
})
