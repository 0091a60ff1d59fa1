import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { isPulledIn } from '../host/pulled-in.ts'
import { linesOf } from '../host/texts.ts'
import { nftManual } from '../references.ts'
import { sketch, unit } from '../testing/observed.ts'

export const firewallKeptUnread = rule({
  id: 'boot/firewall-kept-unread',
  level: 'error',
  reference: nftManual,
  says: ({ path, reader }: { path: string; reader: string }) =>
    `${path} holds rules, and ${reader} is not started at boot: the host comes back without a firewall.`,
  wants: 'What reads the rules is enabled.',
  remedy: 'systemctl enable it.',
})

export const firewallKeptShut = rule({
  id: 'boot/firewall-kept-shut',
  level: 'error',
  reference: nftManual,
  says: ({ path, port }: { path: string; port: number }) =>
    `${path} drops what no rule lets in, and no rule names the declared port ${port}.`,
  wants: 'The firewall of the next boot lets the declared ports in.',
  remedy: 'Save the rules that run: nft list ruleset, or iptables-save; what was added by hand is gone after a boot.',
})

export const firewallKeptBroken = rule({
  id: 'boot/firewall-kept-broken',
  level: 'error',
  reference: nftManual,
  says: ({ path }: { path: string }) => `${path} has a brace without its other half: nft reads nothing of it.`,
  wants: 'A file that nft reads.',
  remedy: 'Try it with nft --check --file before the next boot does.',
})

/** What packages call the ports that rules are written for. */
const names: Readonly<Record<number, string>> = {
  22: 'ssh',
  25: 'smtp',
  53: 'domain',
  80: 'http',
  443: 'https',
  3306: 'mysql',
}
const files: readonly (readonly [path: string, readers: readonly string[]])[] = [
  ['/etc/nftables.conf', ['nftables.service']],
  ['/etc/iptables/rules.v4', ['netfilter-persistent.service', 'iptables.service', 'iptables-persistent.service']],
  ['/etc/iptables/rules.v6', ['netfilter-persistent.service', 'ip6tables.service', 'iptables-persistent.service']],
]

/** The firewall that a boot makes, from the file that was saved. */
export const firewallKept = staticCheck({
  id: 'boot/firewall-kept',
  rules: [firewallKeptUnread, firewallKeptShut, firewallKeptBroken],
  *run({ declared, files: { texts, units } }) {
    for (const [path, readers] of files) {
      const lines = defined(linesOf(texts, path, /^#/).map(({ text }) => text))
      const rules = lines.filter((line) => /\b(?:accept|drop|reject|masquerade|dnat|snat)\b/i.test(line))
      // What a package ships lets everything in: it is no firewall that anybody would miss.
      const meant = rules.some((line) => /dport|saddr|iifname|policy drop|-A /.test(line))
      const there = readers.find((name) => units.byName.has(name))
      const read = readers.some((name) => isPulledIn(units, name))
      const boots = units.byName.size > 0 && units.defaultTarget !== undefined
      if (meant && !read && boots) {
        yield firewallKeptUnread.at(path, { path, reader: there ?? readers[0] ?? '' })
      }
      const braces = (sign: RegExp): number => lines.join(' ').match(sign)?.length ?? 0
      if (path.endsWith('nftables.conf') && braces(/\{/g) !== braces(/\}/g)) {
        yield firewallKeptBroken.at(path, { path })
        continue
      }
      const shut = lines.some((line) => /hook input.*policy drop|^:INPUT DROP/.test(line)) || inputDrops(lines)
      // Sets, maps and includes may hold ports in places that are not read here.
      if (!shut || lines.some((line) => /^include\b|@\w+|\bvmap\b|\bmap\b|multiport/.test(line))) continue
      for (const port of path.endsWith('v6') ? [] : declared.ports) {
        if (!rules.some((line) => isFor(line, port))) yield firewallKeptShut.at(path, { path, port })
      }
    }
  },
  examples: [
    { title: 'no firewall', given: sketch({ units: [{ name: 'a.service' }] }), yields: [] },
    { title: 'read at boot, and open where it must be', given: host('tcp dport { 22, 80-90 } accept'), yields: [] },
    {
      title: 'ports that have a name',
      given: host('tcp dport $open accept', true, 'define open = { 22, 80 }\n'),
      yields: [],
    },
    { title: 'nobody reads it', given: host('tcp dport { ssh, 80 } accept', false), yields: [firewallKeptUnread] },
    { title: 'cut off', given: host('tcp dport { 22, 80 accept'), yields: [firewallKeptBroken] },
    { title: 'a port that was opened by hand', given: host('tcp dport 22 accept'), yields: [firewallKeptShut] },
  ],
})

/** With what `define` gives a name put in its place. Source: nft(8), "Symbolic variables". */
function defined(lines: readonly string[]): readonly string[] {
  const meant = new Map<string, string>()
  return lines.flatMap((line) => {
    const plain = line.replaceAll(/\$(\w+)/g, (all, name: string) => meant.get(name) ?? all)
    const [, name, value] = /^define\s+(\w+)\s*=\s*(.+?);?$/.exec(plain) ?? []
    if (name === undefined || value === undefined) return [plain]
    meant.set(name, value)
    return []
  })
}

/** A chain that hangs on input and drops, over several lines. */
function inputDrops(lines: readonly string[]): boolean {
  const at = lines.findIndex((line) => /hook input/.test(line))
  return at >= 0 && lines.slice(at, at + 2).some((line) => /policy drop/.test(line))
}

function isFor(line: string, port: number): boolean {
  if (!/accept|ACCEPT|jump|-j /.test(line)) return false
  // A rule without a port lets in whatever it is about.
  if (!/dport/.test(line))
    return !/established|\blo\b|icmp|invalid|saddr|-s /i.test(line) && /accept/i.test(line) && !/udp/.test(line)
  const [, told = ''] = /dports?\s+(\{[^}]*\}|\S+)/.exec(line) ?? []
  return told
    .replaceAll(/[{}]/g, '')
    .split(/[,\s]+/)
    .some((each) => {
      const [from, to] = each.split(/[-:]/).map(Number)
      if (each === names[port]) return true
      return to === undefined ? from === port : from !== undefined && from <= port && port <= to
    })
}

function host(open: string, enabled = true, head = '') {
  const text = `#!/usr/sbin/nft -f\n${head}flush ruleset\ntable inet filter {\n chain input {\n  type filter hook input priority filter; policy drop;\n  ct state established accept\n  iif lo accept\n  ${open}\n }\n}\n`
  return sketch({
    declared: { ports: [22, 80] },
    texts: { '/etc/nftables.conf': text },
    units: [
      unit('nftables.service', '[Service]\nExecStart=/usr/sbin/nft\n', {
        pulledInBy: enabled ? ['sysinit.target'] : [],
      }),
    ],
  })
}
