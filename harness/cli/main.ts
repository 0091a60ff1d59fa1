import { stdout } from 'node:process'
import { runCli } from './run-cli.ts'
import { processIo } from './process-io.ts'

// The entry: everything that touches the process itself stands here and in process-io.ts.
const code = await runCli(process.argv.slice(2), processIo())
// Exit by hand, once the output is out: the engine's client keeps idle sockets that would hold the process.
stdout.write('', () => process.exit(code))
