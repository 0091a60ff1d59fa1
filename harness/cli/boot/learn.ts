import { access, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { stringify } from 'yaml'
import type { Learnt } from '../../boot/index.ts'
import { askHost, declaredState, learn, thisHost } from '../../boot/index.ts'
import type { ExitCode } from '../../kernel/index.ts'
import { exitCodes, messageOf, UsageError } from '../../kernel/index.ts'
import { findContainer } from '../../substrate/index.ts'
import type { Io } from '../command.ts'

export interface LearnOptions {
  readonly here: boolean
  readonly to: string | undefined
  readonly force: boolean
  readonly json: boolean
}

/**
 * Writes what a host that runs is now as declared state, for `--declared` and for the configuration.
 *
 * @throws UsageError when it is not clear which host, and for a file that is there already
 */
export async function learnBoot(
  containers: readonly string[],
  { here, to, force, json }: LearnOptions,
  io: Io,
): Promise<ExitCode> {
  const path = 'seatrial boot learn'
  const [container, ...more] = containers
  if (more.length > 0 || (container === undefined) !== here) {
    const given = here && container !== undefined ? `--here and ${container}` : containers.join(' ') || 'no host'
    throw new UsageError({ path, given, wanted: 'the name or id of one container that runs, or --here' })
  }
  const file = to === undefined ? undefined : resolve(io.workingDirectory, to)
  if (file !== undefined && !force) await demandAbsent(file, to ?? '')
  const machine = container === undefined ? thisHost() : await findContainer(container)
  const learnt = learn(await askHost(machine, declaredState.parse({}), { started: true }))
  const text = json ? `${JSON.stringify(learnt.declared, undefined, 2)}\n` : asYaml(machine.name, learnt)
  if (file === undefined) io.out(text)
  else await written(file, text, to ?? '')
  // JSON has no comments, and what could not be learnt must be told all the same.
  if (json) io.err(learnt.untold.map((line) => `not learnt: ${line}\n`).join(''))
  if (file !== undefined) io.err(`written: ${to}\n`)
  return exitCodes.passed
}

function asYaml(name: string, { declared, untold }: Learnt): string {
  const head = [`What ${name} is now, and must be after its next boot. Take out what is not meant.`, 'Not learnt:']
  const comments = [...head, ...untold.map((line) => `- ${line}`)].map((line) => `# ${line.replaceAll('\n', ' ')}\n`)
  return `${comments.join('')}${stringify(declared)}`
}

async function demandAbsent(file: string, given: string): Promise<void> {
  const there = await access(file).then(
    () => true,
    () => false,
  )
  if (!there) return
  throw new UsageError({
    path: 'seatrial boot learn --to',
    given,
    wanted: 'a file that is not there yet',
    mend: 'Name another file, or write over it with --force.',
  })
}

async function written(file: string, text: string, given: string): Promise<void> {
  try {
    await writeFile(file, text)
  } catch (error) {
    throw new UsageError({
      path: 'seatrial boot learn --to',
      given: `${given} (${messageOf(error)})`,
      wanted: 'a file that can be written',
      cause: error,
    })
  }
}
