import { createConnection } from 'node:net'
import { text } from 'node:stream/consumers'
import { messageOf, SeatrialError } from '../../../kernel/index.ts'
import type { RunningBalancer } from '../section.ts'
import type { Balanced } from '../servers/side.ts'
import { readState, readStatistics } from './statistics.ts'

export interface AskContext {
  /** @throws UsageError for an address that the plan does not allow */
  readonly allow: (url: URL) => void
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
}

const patienceMs = 5_000

/**
 * The servers of a HAProxy that runs. It is asked, and nothing of it is changed.
 *
 * @throws SeatrialError SEATRIAL_NOT_TOLD (unsettled: prerequisite) when it does not answer, or does not tell
 * @throws UsageError for an address that the plan does not allow
 */
export async function askBalancer(balancer: RunningBalancer, context: AskContext): Promise<Balanced> {
  const title = 'url' in balancer ? balancer.url : balancer.socket
  const asking = 'url' in balancer ? askPage(balancer, context) : askSocket(balancer.socket, context)
  const said = await asking.catch((error: unknown) => {
    context.signal.throwIfAborted()
    if (error instanceof SeatrialError) throw error
    throw notTold(`${title} does not answer: ${messageOf(error)}`, 'Start it, or name where it answers.')
  })
  const told = 'url' in balancer ? readStatistics(said, title) : readState(said, title)
  if ('trouble' in told) throw notTold(told.trouble, told.mend)
  return told
}

function notTold(message: string, mend: string): SeatrialError {
  return new SeatrialError('SEATRIAL_NOT_TOLD', message, { mend, because: 'prerequisite' })
}

async function askPage(page: Extract<RunningBalancer, { url: string }>, context: AskContext): Promise<string> {
  const { environment, signal, allow } = context
  const url = new URL(page.url)
  allow(url)
  const [user, password] = [page.userFrom, page.passwordFrom].map((variable) => {
    const value = variable === undefined ? '' : environment[variable]
    if (value !== undefined) return value
    throw notTold(`${variable ?? ''} is not set`, 'Set the variables that hold user and password of the page.')
  })
  // The same page for programs.
  url.pathname = url.pathname.replace(/(?:;[^/]*)?$/, ';csv')
  const credentials = Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64')
  const headers = page.userFrom === undefined ? {} : { authorization: `Basic ${credentials}` }
  const stop = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
  // Not fetch, which refuses ports that people give such pages, as 10080.
  const { request } = await import('undici')
  const { statusCode, body } = await request(url, { headers, signal: stop })
  if (statusCode === 200) return body.text()
  await body.dump()
  const mend = 'Name the page of the statistics, and the variables that hold its user and password.'
  throw notTold(`${page.url} answers with ${statusCode}`, mend)
}

async function askSocket(socket: string, { signal, allow }: AskContext): Promise<string> {
  const isPath = socket.startsWith('/')
  const url = isPath ? undefined : new URL(`http://${socket}`)
  if (url !== undefined) allow(url)
  // A URL hides the port that its protocol has.
  const port = Number(/\d+$/.exec(socket)?.[0])
  const host = url?.hostname.replace(/^\[(.*)\]$/, '$1') ?? ''
  const stop = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
  const connection = createConnection(isPath ? { path: socket, signal: stop } : { host, port, signal: stop })
  try {
    connection.end('show servers state\n')
    return await text(connection)
  } finally {
    connection.destroy()
  }
}
