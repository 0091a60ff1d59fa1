import type { AnyRule } from '../../kernel/index.ts'
import { exitCodes, nearest, UsageError } from '../../kernel/index.ts'
import { slices } from '../../registry.ts'
import type { CliCommand } from '../command.ts'

/** `seatrial explain`: what can be said, what it means, and what shows it. */
export const command: CliCommand = {
  name: 'explain',
  summary: 'Tell what a rule or check is about, with its examples; without an id, list them all.',
  configure: (program) =>
    program
      .argument('[id]', 'rule or check id, such as http/age or http/age-not-integer')
      .option('--json', 'print data instead of text')
      .addHelpText(
        'after',
        [
          '',
          'Examples:',
          '  seatrial explain',
          '  seatrial explain http/age',
          '  seatrial explain http/vary-missing --json',
          '',
        ].join('\n'),
      ),
  async run({ args, options, io }) {
    const [id] = args
    const checks = await allChecks()
    const chosen =
      id === undefined ? checks : checks.filter((one) => one.id === id || one.rules.some((rule) => rule.id === id))
    if (id !== undefined && chosen.length === 0) {
      const near = nearest(
        id,
        checks.flatMap((one) => [one.id, ...one.rules.map((rule) => rule.id)]),
      )
      throw new UsageError({
        path: 'seatrial explain',
        given: `"${id}"`,
        wanted: 'the id of a rule or a check',
        mend: near === undefined ? 'Run `seatrial explain` for a list.' : `Did you mean \`seatrial explain ${near}\`?`,
      })
    }
    if (options['json'] === true) io.out(`${JSON.stringify(chosen, undefined, 2)}\n`)
    else io.out(id === undefined ? listing(chosen) : chosen.map(page).join('\n'))
    return exitCodes.passed
  },
}

interface CheckPage {
  readonly id: string
  readonly rules: readonly RulePage[]
  readonly examples: readonly { readonly title: string; readonly yields: readonly string[] }[]
}

interface RulePage extends Pick<AnyRule, 'id' | 'level' | 'reference' | 'wants' | 'remedy'> {
  readonly aka: Readonly<Record<string, string>>
}

async function allChecks(): Promise<CheckPage[]> {
  const found = await Promise.all(slices.map((slice) => slice.checks()))
  return found.flat().map(({ thing }) => ({
    id: thing.id,
    rules: thing.rules.map(({ id, level, reference, wants, remedy, aka }) => ({
      id,
      level,
      reference,
      wants,
      remedy,
      aka: aka ?? {},
    })),
    examples: thing.examples.map(({ title, yields }) => ({ title, yields: yields.map((rule) => rule.id) })),
  }))
}

function listing(checks: readonly CheckPage[]): string {
  const rules = checks.flatMap((one) => one.rules)
  const width = Math.max(0, ...rules.map((rule) => rule.id.length))
  const lines = rules.map(({ id, level, wants }) => `${id.padEnd(width)}  ${level.padEnd(7)}  ${wants}`)
  return `${[...lines, '', `${rules.length} rules in ${checks.length} checks.`].join('\n')}\n`
}

function page({ id, rules, examples }: CheckPage): string {
  const lines = [
    `check ${id}`,
    ...rules.flatMap((rule) => [
      '',
      `  ${rule.id} (${rule.level})`,
      `    wanted: ${rule.wants}`,
      `    mend:   ${rule.remedy}`,
      `    source: ${rule.reference.title}  ${rule.reference.url}`,
      ...Object.entries(rule.aka).map(([tool, name]) => `    also:   ${name} in ${tool}`),
    ]),
    '',
    '  examples',
    ...examples.map(
      ({ title, yields }) => `    ${title}: ${yields.length === 0 ? 'nothing to say' : yields.join(', ')}`,
    ),
    '',
  ]
  return lines.join('\n')
}
