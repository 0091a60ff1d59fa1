import { z } from 'zod'
import { exitCodes } from '../../kernel/index.ts'
import { examine } from '../../substrate/doctor/examine.ts'
import type { AnswerState, Diagnosis } from '../../substrate/doctor/question.ts'
import { isReady } from '../../substrate/doctor/question.ts'
import { version } from '../../version.ts'
import type { CliCommand } from '../command.ts'
import { parseOptions } from '../parse-options.ts'

const options = z.object({ json: z.boolean().default(false) })

export const command: CliCommand = {
  name: 'doctor',
  summary: 'Tell what is there on this machine, what is missing, and what mends it.',
  configure: (program) =>
    program
      .option('--json', 'as JSON: { schema, version, ready, answers: [{ id, title, neededBy, state, detail, fix? }] }')
      .addHelpText('after', help),
  async run({ options: given, io }) {
    const { json } = parseOptions('seatrial doctor', options, given)
    const answers = await examine()
    const ready = isReady(answers)
    io.out(json ? `${JSON.stringify({ schema: 1, version, ready, answers }, null, 2)}\n` : page(answers, io.colour))
    return ready ? exitCodes.passed : exitCodes.unsettled
  },
}

const help = `
Examples:
  seatrial doctor
  seatrial doctor --json

Exit codes: 0 when all that \`seatrial run\` needs is there, else 2.
`

const colours: Record<AnswerState, number> = { ok: 32, degraded: 33, unknown: 33, missing: 31 }
const groups: Record<Diagnosis['neededBy'], string> = {
  run: 'Needed by `seatrial run`',
  tests: 'Needed by some tests',
  machines: 'Needed by drills on machines',
  convenience: 'Good to have',
}

function page(answers: readonly Diagnosis[], colour: boolean): string {
  const width = Math.max(...answers.map(({ title }) => title.length))
  const lines: string[] = []
  let group: Diagnosis['neededBy'] | undefined
  for (const { neededBy, title, state, detail, fix } of answers) {
    if (neededBy !== group) lines.push(...(group === undefined ? [] : ['']), groups[neededBy])
    group = neededBy
    const word = state.padEnd('degraded'.length)
    const shown = colour ? `\u001B[${colours[state]}m${word}\u001B[39m` : word
    lines.push(`  ${shown}  ${title.padEnd(width)}  ${detail}`)
    if (fix !== undefined) lines.push(`  ${' '.repeat('degraded'.length)}  ${' '.repeat(width)}  fix: ${fix}`)
  }
  const end = isReady(answers) ? 'Ready to run.' : 'Not ready to run: what is missing above would be unsettled.'
  return `${[...lines, '', end].join('\n')}\n`
}
