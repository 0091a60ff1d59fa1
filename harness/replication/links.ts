import { messageOf, waitFor } from '../kernel/index.ts'
import type { FaultHandle } from '../substrate/faults/index.ts'
import type { Node } from './engines/engine.ts'

/**
 * Cuts the links between a node and some others, in both directions, inside the node's own network namespace, and
 * proves it: a connection through the cut link must fail before this returns. Clients still reach the node.
 *
 * @throws SeatrialError `SEATRIAL_WAIT_DEADLINE` when connections still come through
 */
export async function cutLinks(node: Node, peers: readonly Node[], port: number): Promise<FaultHandle> {
  const addresses = await Promise.all(peers.map(addressOf))
  // What goes out is cut first: an answer to what has left still comes in, so that nothing is left half known.
  const rules = [
    ...addresses.map((address) => ['OUTPUT', '-d', address, '-j', 'DROP']),
    ...addresses.map((address) => ['INPUT', '-s', address, '-j', 'DROP']),
  ]
  for (const rule of rules) await must(node, ['iptables', '-I', ...rule])
  await Promise.all(
    peers.map((peer) =>
      waitFor(
        `the link from ${peer.name} to ${node.name} to be cut`,
        async () => ((await reaches(peer, node, port)) ? { seen: 'a connection came through' } : { done: true }),
        { deadlineMs: 5_000 },
      ),
    ),
  )
  let healed = false
  return {
    description: `the links of ${node.name} to ${peers.map(({ name }) => name).join(', ')} are cut`,
    async [Symbol.asyncDispose]() {
      if (healed) return
      healed = true
      for (const rule of rules) {
        // A node that was killed meanwhile has lost its rules with its namespace.
        await must(node, ['iptables', '-D', ...rule]).catch((error: unknown) => {
          if (!/not running|no such container|Bad rule|does a matching rule exist/i.test(messageOf(error))) throw error
        })
      }
    },
  }
}

async function reaches(from: Node, to: Node, port: number): Promise<boolean> {
  const { exitCode } = await from.machine.exec([
    'timeout',
    '1',
    'bash',
    '-c',
    `exec 3<>/dev/tcp/${await addressOf(to)}/${port}`,
  ])
  return exitCode === 0
}

const known = new WeakMap<Node, string>()

/** Its address on the network of the cluster; asked while it runs, and kept. */
async function addressOf(node: Node): Promise<string> {
  const there = known.get(node)
  if (there !== undefined) return there
  const { stdout } = await must(node, ['hostname', '-i'])
  const [address = ''] = stdout.trim().split(/\s+/)
  known.set(node, address)
  return address
}

async function must(node: Node, command: readonly [string, ...string[]] | string[]): Promise<{ stdout: string }> {
  const [program = '', ...rest] = command
  const { exitCode, stdout, stderr } = await (node.tools ?? node.machine).exec([program, ...rest])
  if (exitCode !== 0) throw new Error(`${command.join(' ')} on ${node.name} ended with ${exitCode}: ${stderr.trim()}`)
  return { stdout }
}
