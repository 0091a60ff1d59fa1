import { z } from 'zod'
import type { ExitCode } from '../../kernel/index.ts'
import { UsageError } from '../../kernel/index.ts'
import type { CliCommand, Invocation } from '../command.ts'
import { commonOptions } from '../http/gate-options.ts'
import { parseOptions } from '../parse-options.ts'

const options = commonOptions.extend({
  messages: z.string().optional(),
  probes: z.boolean().default(true),
  intrusive: z.boolean().default(false),
  deadline: z.coerce.number({ error: 'wanted seconds' }).positive().max(600).default(10),
})

/** `seatrial http URL`: one practice alone, without a configuration or an engine. */
export const command: CliCommand = {
  name: 'http',
  summary: 'Judge how URLs use HTTP: read their answers, and ask further questions of them; or lint recordings.',
  configure: (program) =>
    program
      .argument('[url...]', 'http:// or https:// addresses; only these hosts are asked')
      .option('--messages <file>', 'lint recorded exchanges, HAR or JSON lines (- reads standard input); asks nobody')
      .option(
        '-f, --format <name>',
        'text, json, jsonl, sarif, junit, html, ... (see `seatrial report --help`); jsonl with --messages: see below',
        'text',
      )
      .option('--only <ids>', 'look only at these checks, probes or rules, separated by commas')
      .option('--no-probes', 'read one plain answer and ask nothing more')
      .option('--intrusive', 'beyond loopback too, send what could disturb others who share the server')
      .option('--deadline <seconds>', 'longest exchange', '10')
      .option('--block <level>', 'gravest level that may not be there: error, warning or info', 'error')
      .option('--accept <file>', 'accept-list: findings that may stay, each with a reason, an owner and an expiry date')
      .option('--baseline <file>', 'findings that were there before (see `seatrial judge --write-baseline`)')
      .option('--seed <number>', 'what random ranges and names are drawn from', '1')
      .addHelpText('after', help),
  run: runHttp,
}

const help = `
Examples:
  seatrial http http://127.0.0.1:8080/
  seatrial http https://127.0.0.1:8443/page --only http/range-satisfiable
  seatrial http http://127.0.0.1:8080/ --format sarif > http.sarif
  seatrial http http://127.0.0.1:8080/ --block warning --accept seatrial.accept.yaml
  seatrial http --messages session.har
  seatrial http --messages exchanges.jsonl --format jsonl

Recorded exchanges are HAR 1.2, or JSON lines with one exchange each; names and values are latin-1 text, one
character a byte. "request", "uri", "status" and "headers" must be there:
  {"id": "1", "now": "2026-01-01T00:00:00Z", "http_version": "1.1",
   "request": {"method": "GET", "uri": "http://a.test/", "headers": [["Host", "a.test"]], "body_base64": ""},
   "status": 200, "headers": [["Content-Type", "text/plain"]], "body_base64": "aGVsbG8="}

With --messages, --format jsonl is not the format of reports: it tells one line an exchange, in order, while reading:
  {"id": "1", "response": [{"rule": "http/age-not-integer", "aka": "AGE_NOT_INT", "level": "error"}], "request": []}
"aka" is what REDbot calls it. A line that cannot be read is told as {"id" or "line", "error"}, the others are
looked at, and the exit code is 3.

Exit codes: 0 passed, 1 failed, 2 could not look, 3 the command line is wrong.
`

async function runHttp({ args, options: given, io }: Invocation): Promise<ExitCode> {
  const { messages, probes, intrusive, deadline, ...common } = parseOptions('seatrial http', options, given)
  if ((messages === undefined) === (args.length === 0)) {
    throw new UsageError({
      path: 'seatrial http',
      given: messages === undefined ? 'nothing' : '--messages and addresses',
      wanted: 'addresses, or recorded exchanges in --messages',
      mend: 'Run `seatrial http --help`.',
    })
  }
  // Only what this call needs is loaded: that is what keeps the start quick.
  if (messages !== undefined) {
    const { lintMessages } = await import('../http/lint-messages.ts')
    return lintMessages(messages, common, io)
  }
  const { lookAtUrls } = await import('../http/look-at-urls.ts')
  return lookAtUrls(args, { ...common, probes, intrusive, deadline }, io)
}
