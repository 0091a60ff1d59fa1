import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { UsageError } from '../kernel/index.ts'
import type { Change } from '../stack/index.ts'
import { readPartFiles } from '../stack/index.ts'
import type { FileContent } from '../substrate/index.ts'
import type { Loaded } from './bench/open-bench.ts'
import { changeText } from './change-files.ts'
import { kinds } from './kinds/all.ts'
import type { BalancerKind } from './kinds/kind.ts'
import type { Target } from './section.ts'

/**
 * Reads a target's configuration and what it names, with a change made in it where there is one.
 *
 * @throws UsageError for a file that is not there, and for a configuration that names no server
 */
export async function loadTarget(target: Target, baseFolder: string, change?: Change): Promise<Loaded> {
  const kind: BalancerKind = kinds[target.kind]
  const path = `loadbalancing.targets: ${target.name}`
  const files = changed(
    {
      ...(await readPartFiles(`${path}.files`, target.files, baseFolder)),
      ...(await readPartFiles(`${path}.config`, { [kind.configFile]: target.config }, baseFolder)),
    },
    change,
  )
  const setup = kind.read(textsOf(files))
  if (setup.servers.length === 0) {
    throw new UsageError({
      path: `${path}.config`,
      given: `${target.config} without a server`,
      wanted: 'a configuration with servers to balance over',
    })
  }
  const unknown = target.switching.findIndex(({ pool }) => !setup.servers.some((server) => server.pool === pool))
  // A change may take a pool away: whatever answers then is for the checks to say.
  if (unknown !== -1 && change === undefined) {
    throw new UsageError({
      path: `${path}.switching[${unknown}].pool`,
      given: target.switching[unknown]?.pool ?? '',
      wanted: `a pool of the configuration: ${[...new Set(setup.servers.map(({ pool }) => pool))].join(', ')}`,
    })
  }
  const baseline = target.expect.responseTime?.baseline
  const times = baseline === undefined ? undefined : await readTimes(resolve(baseFolder, baseline), `${path}.expect`)
  return { target, kind, setup, files, ...(times !== undefined && { baseline: times }) }
}

const timesFile = z.object({ ms: z.array(z.number().nonnegative()).min(1) })

/** @throws UsageError for a file that is not there, or that no run has left */
async function readTimes(file: string, path: string): Promise<readonly number[]> {
  try {
    return timesFile.parse(JSON.parse(await readFile(file, 'utf8'))).ms
  } catch (error) {
    throw new UsageError({
      path: `${path}.responseTime.baseline`,
      given: file,
      wanted: 'response-times.json of an earlier run',
      cause: error,
    })
  }
}

type Files = Readonly<Record<string, FileContent>>

function textsOf(files: Files): Record<string, string> {
  const text = (content: FileContent['content']): string =>
    typeof content === 'string' ? content : new TextDecoder().decode(content)
  return Object.fromEntries(Object.entries(files).map(([path, { content }]): [string, string] => [path, text(content)]))
}

function changed(files: Files, change: Change | undefined): Files {
  if (change === undefined) return files
  const before = files[change.file]
  const texts = before === undefined ? {} : textsOf({ [change.file]: before })
  return { ...files, [change.file]: { ...before, content: changeText(texts, change)[change.file] ?? '' } }
}
