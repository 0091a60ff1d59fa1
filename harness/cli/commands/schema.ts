import { configJsonSchema } from '../../config/index.ts'
import { exitCodes } from '../../kernel/index.ts'
import type { CliCommand } from '../command.ts'

/** `seatrial schema`: what `seatrial.config.*` may hold, for editors and for other programs. */
export const command: CliCommand = {
  name: 'schema',
  summary: 'Print the JSON Schema of the configuration.',
  configure: (program) =>
    program.addHelpText(
      'after',
      ['', 'Examples:', '  seatrial schema > seatrial.schema.json', '  seatrial schema | jq .properties.gate', ''].join(
        '\n',
      ),
    ),
  async run({ io }) {
    // Loaded late: the list of commands should not wait for every practice.
    const [{ slices }, { sectionKey }] = await Promise.all([import('../../registry.ts'), import('../../slice.ts')])
    const sections = Object.fromEntries(slices.map((slice) => [sectionKey(slice), slice.section]))
    io.out(`${JSON.stringify(configJsonSchema(sections), undefined, 2)}\n`)
    return exitCodes.passed
  },
}
