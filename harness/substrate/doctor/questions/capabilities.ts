import { readFile } from 'node:fs/promises'
import { decodeCapabilities } from '../linux-capabilities.ts'
import { question } from '../question.ts'

const wanted = ['NET_ADMIN', 'SYS_ADMIN', 'SYS_PTRACE', 'SYS_TIME', 'NET_RAW', 'MKNOD']

/**
 * Faults and machines ask the engine for these. What is missing from the bounding set here
 * cannot be had by any container of an engine that runs here either.
 */
export const capabilities = question({
  id: 'capabilities',
  title: 'Capabilities',
  neededBy: 'machines',
  async ask() {
    const status = await readFile('/proc/self/status', 'utf8')
    const set = (name: string): readonly string[] =>
      decodeCapabilities(new RegExp(`^${name}:\\s*([0-9a-f]+)`, 'm').exec(status)?.[1] ?? '')
    const [effective, bounding] = [set('CapEff'), set('CapBnd')]
    const has = wanted.filter((each) => effective.includes(each))
    const bound = wanted.filter((each) => !bounding.includes(each))
    const lacking = decodeCapabilities('ffffffffff').filter((each) => !bounding.includes(each))
    const detail = [
      `effective: ${has.length === 0 ? 'none that matter' : has.join(' ')}`,
      `not in the bounding set: ${lacking.length === 0 ? 'none' : lacking.join(' ')}`,
    ].join('; ')
    return bound.length === 0 && lacking.length === 0
      ? { state: 'ok', detail }
      : { state: 'degraded', detail, fix: 'run on a machine, or in a container, that keeps these capabilities' }
  },
})
