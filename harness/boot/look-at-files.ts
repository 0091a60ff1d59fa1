import type { Finding, StepReport, Unsettled } from '../kernel/index.ts'
import { beginStep, isAsked, ofAsked, runCheck, seenBy, unsettledBy, UsageError } from '../kernel/index.ts'
import type { StaticObservation } from './boot-check.ts'
import { isStaticCheck } from './boot-check.ts'
import type { Declared } from './declared.ts'
import type { HostFiles } from './host/host-files.ts'
import { readHost } from './host/host-files.ts'
import type { Root } from './root/root.ts'
import { discover } from '../discover.ts'
import { thingsOf, withThing } from './things.ts'

export interface LookAtFiles {
  readonly name: string
  readonly declared: Declared
  /** Ids of checks or rules; all when empty. */
  readonly only: readonly string[]
  readonly replay: string
  readonly clock: { readonly now: () => number; readonly elapsed: () => number }
}

/**
 * One step: every static check on one tree of files. A tree that cannot be read is unsettled.
 *
 * @throws UsageError for a path that names no tree
 */
export async function lookAtFiles(open: () => Promise<Root>, options: LookAtFiles): Promise<StepReport> {
  const { name, declared, only, replay, clock } = options
  const step = beginStep({ id: 'boot/files', subject: name }, clock)
  let root: Root | undefined
  try {
    root = await open()
    const checks = await staticChecks(only)
    const given: StaticObservation = { declared, files: await readHost(root, declared) }
    const results = checks.map((each) => {
      const result = ofAsked(runCheck(each, given), only)
      return {
        ...result,
        findings: result.findings.map(withThing(declared, given.files.fstab)).map(inFile),
      }
    })
    const unknown = unknownIn(given.files)
    return step({
      ...(unknown !== undefined && { unsettled: unknown }),
      ...seenBy(results, { subject: name, replay, on: name }),
      things: thingsOf(declared, name),
    })
  } catch (error) {
    if (error instanceof UsageError) throw error
    return step({ unsettled: unsettledBy(error) })
  } finally {
    await root?.[Symbol.asyncDispose]?.()
  }
}

/** What a file says wrong it says by itself, whatever else is down. */
const inFile = (finding: Finding): Finding => ({ ...finding, inherent: true })

async function staticChecks(only: readonly string[]) {
  const found = await discover(new URL('./checks/', import.meta.url), isStaticCheck)
  return found.map(({ thing }) => thing).filter((each) => isAsked(each, only))
}

/** What checks would have looked into and nobody could read. */
function unknownIn({ boot }: HostFiles): Unsettled | undefined {
  for (const { path, read } of boot.initrds) {
    if (!('unknown' in read)) continue
    const mend = 'Write it with gzip, lz4 or zstd: COMPRESS= in /etc/initramfs-tools/initramfs.conf.'
    return { because: 'unsupported', why: `${path} cannot be looked into: ${read.unknown}`, mend }
  }
  return undefined
}
