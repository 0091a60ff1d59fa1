import { rule } from '../../kernel/index.ts'
import { known } from '../live/live-host.ts'
import { firewallManual } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const firewallSameLost = rule({
  id: 'boot/firewall-same-lost',
  level: 'error',
  reference: firewallManual,
  says: ({ line, count }: { line: string; count: number }) =>
    `${count} lines of the firewall's rules are gone after the boot; the first is "${line}".`,
  wants: 'The firewall has the same rules after a boot.',
  remedy: 'Save them where they are loaded from at boot: /etc/nftables.conf, or netfilter-persistent save.',
})

export const firewallSameNew = rule({
  id: 'boot/firewall-same-new',
  level: 'warning',
  reference: firewallManual,
  says: ({ line, count }: { line: string; count: number }) =>
    `${count} lines of the firewall's rules are there only since the boot; the first is "${line}".`,
  wants: 'The firewall has the same rules after a boot.',
  remedy: 'Take out of the saved rules what is not meant any more: it comes back with every boot.',
})

/** The firewall's rules outlive the boot. What nobody could see before is not judged. */
export const firewallSame = liveCheck({
  id: 'boot/firewall-same',
  rules: [firewallSameLost, firewallSameNew],
  applies: ({ before }) => before !== undefined && 'known' in before.firewall,
  *run(given) {
    const { before } = given
    if (before === undefined || 'unknown' in before.firewall) return
    const was = linesOf(before.firewall.known)
    const now = linesOf(known(hostAfter(given).firewall, 'the rules of the firewall'))
    const [lost, added] = [without(was, now), without(now, was)]
    const [line, first] = [lost[0], added[0]]
    if (line !== undefined) yield firewallSameLost.at('firewall', { line, count: lost.length })
    if (first !== undefined) yield firewallSameNew.at('firewall', { line: first, count: added.length })
  },
  examples: [
    { title: 'no firewall', given: lived({}), yields: [] },
    {
      title: 'the same rules',
      given: lived({ after: { firewall: 'iptables\n-A INPUT -p tcp --dport 22 -j ACCEPT' } }),
      yields: [],
    },
    {
      title: 'rules of a container engine, whose containers have other addresses now',
      given: lived({
        before: { firewall: 'iptables\n-A DOCKER -d 172.17.0.3/32 -p tcp --dport 80 -j ACCEPT' },
        after: { firewall: 'iptables\n-A DOCKER -d 172.17.0.2/32 -p tcp --dport 80 -j ACCEPT' },
      }),
      yields: [],
    },
    {
      title: 'a rule that was added by hand',
      given: lived({
        before: { firewall: 'iptables\n-P INPUT ACCEPT\n-A INPUT -p tcp --dport 3306 -j DROP' },
        after: { firewall: 'iptables\n-P INPUT ACCEPT' },
      }),
      yields: [firewallSameLost],
    },
    {
      title: 'a rule that was taken away by hand',
      given: lived({
        before: { firewall: 'iptables\n-P INPUT ACCEPT' },
        after: { firewall: 'iptables\n-P INPUT ACCEPT\n-A INPUT -p tcp --dport 80 -j DROP' },
      }),
      yields: [firewallSameNew],
    },
  ],
})

/** Rules that a container engine or a watchdog makes while it runs, with other addresses each time. */
const madeByPrograms = /\b(?:DOCKER|KUBE-|CNI-|FLANNEL|cali-|f2b-|docker0|br-[0-9a-f]{12}|veth)/

function linesOf(rules: string | undefined): string[] {
  return (rules ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !madeByPrograms.test(line))
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const there = new Set(others)
  return lines.filter((line) => !there.has(line))
}
