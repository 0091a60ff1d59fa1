import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { findEngine } from '../../docker/engine.ts'
import { question } from '../question.ts'

// Docker 19.03. Older ones lack what the faults and the systemd container need.
const oldestMinor = 40

export const engine = question({
  id: 'engine',
  title: 'Container engine',
  neededBy: 'run',
  async ask() {
    const found = await findEngine()
    if (!found.found) return { state: 'missing', detail: found.why, fix: found.mend }
    const detail = [
      `${found.version}, API ${found.apiVersion}`,
      `${found.platform} at ${found.endpoint.uri} (${found.endpoint.from})`,
      `${found.storageDriver}, cgroup v${found.cgroupVersion}`,
      ...startedByUs(),
    ].join(', ')
    const [major = 0, minor = 0] = found.apiVersion.split('.').map(Number)
    return major > 1 || minor >= oldestMinor
      ? { state: 'ok', detail }
      : { state: 'degraded', detail, fix: `an engine with API 1.${oldestMinor} or newer (Docker 19.03)` }
  },
})

const started = z.object({ pid: z.int(), start: z.string(), log: z.string() })

/** `ci/bootstrap` writes down the dockerd that it started; the start time tells whether it is that one still. */
function startedByUs(): string[] {
  try {
    const { pid, start, log } = started.parse(JSON.parse(readFileSync('/run/seatrial/dockerd.json', 'utf8')))
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const now = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return now === start ? [`started by Seatrial: process ${pid}, log ${log}`] : []
  } catch {
    return []
  }
}
