import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { promisify } from 'node:util'
import { messageOf, SeatrialError } from '../../kernel/index.ts'

/** Where both clouds have their metadata service; AWS also on the other. */
const ipv4 = '169.254.169.254'
const ipv6 = 'fd00:ec2::254'

/** Nobody's usual port: the service listens here, so that port 80 stays the application's own. */
const behind = 18_169

export interface LinkLocalClaim extends AsyncDisposable {
  readonly addresses: readonly string[]
  readonly listen: readonly { readonly host: string; readonly port: number }[]
}

/**
 * Seconds that an address lives unless it is renewed: killed, this program could not take it away, and the namespace is
 * somebody else's. A rule that is left leads nowhere.
 */
const lifetime = 60

const run = promisify(execFile)

/**
 * Puts the metadata addresses on the loopback of this network namespace. Port 80 of them leads to another port of
 * theirs, because an application that listens on port 80 of every address would shut us out, or we it; where the
 * kernel cannot do that, port 80 itself is listened on. Only for a container of its own in the namespace of another:
 * it needs NET_ADMIN, and on a host it would take the address of the true service.
 *
 * @throws SeatrialError `SEATRIAL_LINK_LOCAL` when the address cannot be had
 */
export async function claimLinkLocal(): Promise<LinkLocalClaim> {
  const wanted = [
    { address: ipv4, prefix: 32, tables: ['iptables', 'iptables-legacy'] },
    ...((await hasIpv6()) ? [{ address: ipv6, prefix: 128, tables: ['ip6tables', 'ip6tables-legacy'] }] : []),
  ]
  const undo: (() => Promise<unknown>)[] = []
  const listen: { host: string; port: number }[] = []
  const renew = setInterval(
    () => {
      for (const { address, prefix } of wanted) {
        run('ip', addressWords('change', `${address}/${prefix}`)).catch((error: unknown) => {
          process.stderr.write(`${address} could not be renewed: ${messageOf(error)}\n`)
        })
      }
    },
    (lifetime / 3) * 1000,
  )
  const dispose = async (): Promise<void> => {
    clearInterval(renew)
    for (const step of undo.splice(0)) await step()
  }
  try {
    for (const { address, prefix, tables } of wanted) {
      await add(`${address}/${prefix}`)
      undo.unshift(() => run('ip', ['address', 'delete', `${address}/${prefix}`, 'dev', 'lo']))
      const redirected = await redirect(tables, address)
      if (redirected !== undefined) undo.unshift(redirected)
      listen.push({ host: address, port: redirected === undefined ? 80 : behind })
    }
  } catch (error) {
    await dispose()
    throw error
  }
  return { addresses: wanted.map(({ address }) => address), listen, [Symbol.asyncDispose]: dispose }
}

function addressWords(verb: 'add' | 'change', address: string): string[] {
  const seconds = String(lifetime)
  return ['address', verb, address, 'dev', 'lo', 'valid_lft', seconds, 'preferred_lft', seconds]
}

async function add(address: string): Promise<void> {
  try {
    await run('ip', addressWords('add', address))
  } catch (error) {
    const taken = messageOf(error).includes('File exists')
    throw new SeatrialError('SEATRIAL_LINK_LOCAL', `${address} cannot be put on the loopback: ${messageOf(error)}`, {
      mend: taken ? 'Serve one metadata service to an application at a time.' : 'Give the container NET_ADMIN.',
      because: 'setup',
      cause: error,
    })
  }
}

/** The way to take the rule away again; undefined where no table takes it. */
async function redirect(tables: readonly string[], address: string): Promise<(() => Promise<unknown>) | undefined> {
  const to = address.includes(':') ? `[${address}]:${behind}` : `${address}:${behind}`
  const rule = ['OUTPUT', '-d', address, '-p', 'tcp', '--dport', '80', '-j', 'DNAT', '--to-destination', to]
  for (const table of tables) {
    try {
      await run(table, ['-w', '-t', 'nat', '-A', ...rule])
      return () => run(table, ['-w', '-t', 'nat', '-D', ...rule])
    } catch {
      // A kernel may have the one kind of tables and not the other.
    }
  }
  return undefined
}

async function hasIpv6(): Promise<boolean> {
  try {
    return (await readFile('/proc/sys/net/ipv6/conf/lo/disable_ipv6', 'utf8')).trim() === '0'
  } catch {
    return false
  }
}
