import { connect } from 'node:net'
import { SeatrialError } from '../../kernel/index.ts'

/**
 * Sends one command to HAProxy's runtime API and gives its answer, which is empty for most.
 *
 * @throws SeatrialError `SEATRIAL_BALANCER` when nobody answers, or with HAProxy's words when it says anything to a
 *   command that changes something
 * @see https://docs.haproxy.org/2.6/management.html#9.3
 */
export async function tellBalancer(
  { host, port }: { readonly host: string; readonly port: number },
  command: string,
): Promise<string> {
  const answer = await new Promise<string>((resolve, reject) => {
    let text = ''
    const socket = connect({ host, port, timeout: 3_000 }, () => socket.end(`${command}\n`))
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => (text += part))
    socket.on('end', () => resolve(text.trim()))
    socket.on('timeout', () => socket.destroy(new Error('no answer within 3 s')))
    socket.on('error', reject)
  }).catch((cause: unknown) => {
    throw trouble(command, cause instanceof Error ? cause.message : String(cause), cause)
  })
  if (!command.startsWith('show ') && answer !== '') throw trouble(command, answer)
  return answer
}

function trouble(command: string, why: string, cause?: unknown): SeatrialError {
  return new SeatrialError('SEATRIAL_BALANCER', `HAProxy did not carry out "${command}": ${why}`, {
    mend: 'Look at the log of the balancer; it wants a server of its configuration.',
    because: 'setup',
    cause,
  })
}
