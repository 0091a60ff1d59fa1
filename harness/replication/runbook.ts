import { access, constants, readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname } from 'node:path'
import { messageOf, UsageError } from '../kernel/index.ts'
import type { Cluster } from './cluster.ts'
import type { Procedure } from './procedure.ts'
import type { Addresses } from './runbook/run-script.ts'
import { addressesOf, runScript } from './runbook/run-script.ts'
import { runSql } from './runbook/run-sql.ts'
import { parseSqlFile } from './runbook/sql-file.ts'

/** Milliseconds that a runbook may take. */
const deadlineMs = 60_000

/**
 * A procedure of the user's own: the cluster is run as `base` says, and the promotion is a file. `.sql` is carried out
 * node by node (see `runbook/sql-file.ts`); anything else is a script that runs on this machine and finds the nodes in
 * its environment (see `runbook/run-script.ts`).
 *
 * @param file absolute
 * @throws UsageError for a file that is not there, cannot be run, or says what nobody understands
 */
export async function runbookProcedure(file: string, base: Procedure): Promise<Procedure> {
  const name = basename(file)
  const text = await read(file)
  const common: Omit<Procedure, 'promote'> = { ...base, id: `${base.id} with ${name}`, title: `the runbook ${name}` }
  if (extname(file) === '.sql') {
    const steps = parseSqlFile(text, name)
    return { ...common, promote: (promotion) => runSql(steps, name, promotion) }
  }
  const command = await commandOf(file)
  const known = new WeakMap<Cluster, Addresses>()
  return {
    ...common,
    async setUp(cluster) {
      await base.setUp(cluster)
      known.set(cluster, await addressesOf(cluster))
    },
    ...(base.aroundBuilding !== undefined && {
      aroundBuilding: {
        before: base.aroundBuilding.before,
        async after(cluster) {
          await base.aroundBuilding?.after(cluster)
          known.set(cluster, await addressesOf(cluster))
        },
      },
    }),
    promote(promotion) {
      const addresses = known.get(promotion.cluster) ?? new Map()
      return runScript({ command, cwd: dirname(file), addresses, deadlineMs }, promotion)
    },
  }
}

async function read(file: string): Promise<string> {
  const wanted = 'a runbook: SQL in a file that ends in .sql, or a script'
  try {
    if ((await stat(file)).isDirectory()) throw new UsageError({ path: 'runbook', given: `the folder ${file}`, wanted })
    const text = await readFile(file, 'utf8')
    if (text.trim() === '') throw new UsageError({ path: 'runbook', given: `${file}, which is empty`, wanted })
    return text
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError({ path: 'runbook', given: `${file} (${messageOf(error)})`, wanted, cause: error })
  }
}

/** A script that may be executed is; one that ends in .sh and may not is given to the shell. */
async function commandOf(file: string): Promise<readonly [string, ...string[]]> {
  const executable = await access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
  if (executable) return [file]
  if (extname(file) === '.sh') return ['sh', file]
  throw new UsageError({
    path: 'runbook',
    given: `${file}, which is neither executable nor ends in .sh or .sql`,
    wanted: 'a runbook: SQL in a file that ends in .sql, or a script',
    mend: `chmod +x ${file}`,
  })
}
