import { resolve } from 'node:path'
import { loadAcceptFile } from '../judge/accept.ts'
import { readBaseline } from '../judge/baseline.ts'
import { UsageError } from '../kernel/index.ts'
import type { GatePolicy } from '../record/index.ts'
import { place } from '../input/index.ts'
import type { ProfileName } from './profiles.ts'
import { exists } from './references.ts'
import type { Config } from './schema.ts'

/** The gate's policy with its files read, and what is wrong with them. */
export async function loadGate(
  config: Config,
  profile: ProfileName,
  base: string,
  name: string,
): Promise<{ readonly policy: GatePolicy; readonly problems: readonly UsageError[] }> {
  const {
    accept,
    baseline,
    block = 'error',
    budgets = {},
    allow = [],
  } = { ...config.gate, ...config.profiles[profile]?.gate }
  const problems: UsageError[] = []
  const read = async <T>(
    key: string,
    path: string | undefined,
    reader: (file: string, as: string) => Promise<readonly T[]>,
  ): Promise<T[]> => {
    if (path === undefined) return []
    const file = resolve(base, path)
    try {
      if (!(await exists(file))) throw notThere(place(name, ['gate', key]), path, file)
      return [...(await reader(file, path))]
    } catch (error) {
      problems.push(...usageErrorsOf(error))
      return []
    }
  }
  const policy = {
    block,
    budgets,
    allow,
    accept: await read('accept', accept, loadAcceptFile),
    baseline: await read('baseline', baseline, readBaseline),
  }
  return { policy, problems }
}

function notThere(path: string, given: string, file: string): UsageError {
  return new UsageError({ path, given: JSON.stringify(given), wanted: `a file that is there (looked for ${file})` })
}

/** Anything but wrong input is not ours to explain, and goes on up. */
function usageErrorsOf(error: unknown): UsageError[] {
  const parts: unknown[] = error instanceof AggregateError ? error.errors : [error]
  return parts.map((part) => {
    if (part instanceof UsageError) return part
    throw error
  })
}
