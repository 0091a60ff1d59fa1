import { nearest, rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { isPulledIn } from '../host/pulled-in.ts'
import { fragments, linesOf } from '../host/texts.ts'
import { interfacesManual } from '../references.ts'
import { sketch, unit } from '../testing/observed.ts'

export const networkConfigNone = rule({
  id: 'boot/network-config-none',
  level: 'error',
  reference: interfacesManual,
  says: ({ what }: { what: string }) => `Ports are declared, and no interface is brought up at boot: ${what}.`,
  wants: 'Something that is started at boot configures an interface.',
  remedy: 'Write /etc/network/interfaces, a file of netplan, or a .network file, and enable what reads it.',
})

export const networkConfigWrong = rule({
  id: 'boot/network-config-wrong',
  level: 'error',
  reference: interfacesManual,
  says: ({ where, what }: { where: string; what: string }) => `${where} ${what}.`,
  wants: 'A configuration that its reader takes.',
  remedy: 'Try it with ifquery --list, netplan generate or networkctl reload, while a console is at hand.',
})

const words =
  /^(?:auto|allow-\S+|iface|mapping|source|source-directory|inherits|no-auto-down|no-scripts|template|rename)$/
const families = /^(?:inet|inet6|ipx|can|link)$/
const methods = /^(?:loopback|static|manual|dhcp|bootp|tunnel|ppp|wvdial|ipv4ll|auto|v4tunnel|6to4|ray|none)$/

/** The network of the next boot. */
export const networkConfig = staticCheck({
  id: 'boot/network-config',
  rules: [networkConfigNone, networkConfigWrong],
  *run({ declared, files }) {
    for (const { where, what } of [...troubles(files), ...networkdTroubles(files)]) {
      yield networkConfigWrong.at(where, { where, what })
    }
    // Engines give containers their network: only what boots by itself is asked.
    if (files.boot.kernels.length === 0 || declared.ports.length === 0) return
    const why = missing(files)
    if (why !== undefined) yield networkConfigNone.at('/etc/network', { what: why })
  },
  examples: [
    { title: 'a container', given: sketch({ declared: { ports: [80] } }), yields: [] },
    {
      title: 'an interface that asks for its address',
      given: host('auto lo eth0\niface lo inet loopback\niface eth0 inet dhcp\n'),
      yields: [],
    },
    { title: 'the loopback alone', given: host('auto lo\niface lo inet loopback\n'), yields: [networkConfigNone] },
    { title: 'nobody brings it up', given: host('iface eth0 inet dhcp\n'), yields: [networkConfigNone] },
    {
      title: 'an interface of another name',
      given: host('auto eth0 eth1\niface eth0 inet dhcp\n'),
      yields: [networkConfigWrong],
    },
    { title: 'a misspelt method', given: host('auto eth0\niface eth0 inet dchp\n'), yields: [networkConfigWrong] },
    {
      title: 'an address that is none',
      given: host('auto eth0\niface eth0 inet static\n address 10.0.0.300/24\n'),
      yields: [networkConfigWrong],
    },
    {
      title: 'a file of networkd',
      given: networkd('lan.network', '[Match]\nName=en*\n[Network]\nDHCP=yes\n'),
      yields: [],
    },
    {
      title: 'a slip in it',
      given: networkd('lan.network', '[Network]\nAdress=10.0.0.2/24\n'),
      yields: [networkConfigWrong],
    },
    { title: 'another ending', given: networkd('lan.conf', '[Match]\nName=en*\n'), yields: [networkConfigWrong] },
    { title: 'for root alone', given: networkd('lan.network', '[Match]\n', 0o600), yields: [networkConfigWrong] },
    {
      title: 'a file of netplan with a tab',
      given: sketch({ texts: { '/etc/netplan/a.yaml': 'network:\n\tversion: 2\n' } }),
      yields: [networkConfigWrong],
    },
  ],
})

type Files = StaticObservation['files']

function interfacesIn({ texts }: Files) {
  const paths = ['/etc/network/interfaces', ...fragments(texts, ['/etc/network/interfaces.d'], '')]
  return paths.flatMap((path) => linesOf(texts, path, /^#/))
}

function* troubles(files: Files): Generator<{ readonly where: string; readonly what: string }> {
  let inside = false
  for (const { path, line, text } of interfacesIn(files)) {
    const [first = '', name, family, method] = text.split(/\s+/)
    const where = `${path}:${line}`
    if (first === 'iface') {
      const inherits = text.includes(' inherits ')
      if (name === undefined || (!inherits && family !== undefined && !families.test(family)))
        yield { where, what: `says ${text}, which is no interface` }
      else if (!inherits && method !== undefined && !methods.test(method))
        yield { where, what: `has the method ${method}, which there is not` }
    } else if (!inside && !words.test(first)) yield { where, what: `says ${text.slice(0, 80)} outside of an interface` }
    const [, address] = /^(?:address|gateway)\s+(\d[\d.]*)(?:\/\d+)?$/.exec(text) ?? []
    const numbers = address?.split('.').map(Number)
    if (numbers !== undefined && (numbers.length !== 4 || numbers.some((each) => each > 255)))
      yield { where, what: `says ${text}, which is no address` }
    inside = inside || first === 'iface'
  }
  const lines = interfacesIn(files)
  const known = lines.flatMap(({ text }) => (/^(?:iface|mapping)\s/.test(text) ? text.split(/\s+/).slice(1, 2) : []))
  for (const { path, line, text } of lines) {
    const [first = '', ...names] = text.split(/\s+/)
    const strange = /^(?:auto|allow-auto)$/.test(first) ? names.find((name) => !known.includes(name)) : undefined
    // Files that are included, and patterns, may know more.
    if (strange === undefined || /[/*]/.test(strange) || lines.some((each) => /^(?:source|mapping)/.test(each.text)))
      continue
    yield { where: `${path}:${line}`, what: `brings up ${strange}, of which nothing is said` }
  }
  for (const [path, text] of files.texts) {
    if (!/^\/etc\/netplan\/.+\.yaml$/.test(path)) continue
    const rows = text.split('\n')
    const tab = rows.findIndex((row) => /^\s*\t/.test(row))
    if (tab >= 0) yield { where: `${path}:${tab + 1}`, what: 'begins with a tab, which YAML does not take' }
    if (text.trim() !== '' && !/^network\s*:/m.test(text)) yield { where: path, what: 'has no network: at its top' }
  }
}

/** What systemd-networkd, which is not root, does not take. Source: systemd.network(5). */
function* networkdTroubles({
  units,
  texts,
  paths,
}: Files): Generator<{ readonly where: string; readonly what: string }> {
  if (!isPulledIn(units, 'systemd-networkd.service')) return
  for (const [path, text] of texts) {
    if (!path.startsWith('/etc/systemd/network/')) continue
    if (!/\.(?:network|netdev|link)$/.test(path)) {
      const meant =
        /^\[(?:Match|Network|NetDev|Link)\]/m.test(text) && !/(?:\.(?:bak|orig|old|dpkg-\w+|disabled)|~)$/.test(path)
      if (meant) yield { where: path, what: 'is read by nobody: networkd takes .network, .netdev and .link' }
      continue
    }
    const mode = paths.get(path)?.mode
    if (mode !== undefined && (mode & 0o044) === 0) {
      yield {
        where: path,
        what: `has mode ${mode.toString(8).padStart(4, '0')}, and networkd, which is not root, cannot read it`,
      }
    }
    for (const { line, text: setting } of linesOf(texts, path)) {
      const [, name] = /^(\w+)\s*=/.exec(setting) ?? []
      const near = name === undefined || networkdSettings.has(name) ? undefined : nearest(name, networkdSettings)
      if (near !== undefined)
        yield { where: `${path}:${line}`, what: `says ${setting.slice(0, 80)}; ${near} is near it` }
    }
  }
}

/** Settings that most .network files are made of: a name near one of them, and none itself, is a slip. */
const networkdSettings: ReadonlySet<string> = new Set(
  [
    'Name MACAddress Type Driver Path Property Kind Host Virtualization Architecture KernelVersion',
    'Description DHCP DHCPServer Address Addresses Gateway DNS Domains NTP IPForward IPMasquerade LinkLocalAddressing',
    'LLMNR MulticastDNS DNSOverTLS DNSSEC LLDP EmitLLDP Bridge Bond VRF VLAN MACVLAN Tunnel VXLAN Link',
    'IPv6AcceptRA IPv6PrivacyExtensions IPv6SendRA ConfigureWithoutCarrier IgnoreCarrierLoss KeepConfiguration',
    'DefaultRouteOnDevice BindCarrier RequiredForOnline RequiredFamilyForOnline MTUBytes ARP Multicast Unmanaged',
    'ActivationPolicy Peer Broadcast Label PreferredLifetime Scope RouteMetric HomeAddress DuplicateAddressDetection',
    'Destination Source Metric PreferredSource Table Protocol GatewayOnLink InitialCongestionWindow Priority From To',
    'UseDNS UseNTP UseDomains UseHostname UseMTU UseRoutes UseGateway ClientIdentifier SendHostname Hostname Id',
    'VendorClassIdentifier IAID DUIDType SendRelease AllMulticast Group NamePolicy MACAddressPolicy AlternativeName',
    'RouteTable SendOption RequestOptions WithoutRA PrefixDelegationHint EmitDNS PoolOffset PoolSize Mode',
  ].flatMap((line) => line.split(' ')),
)

/** Why nothing brings an interface up; undefined when something may. */
function missing(files: Files): string | undefined {
  const { units, texts } = files
  const reads = (...names: readonly string[]): boolean => names.some((name) => isPulledIn(units, name))
  const lines = interfacesIn(files).map(({ text }) => text)
  const up = lines
    .flatMap((text) => (/^(?:auto|allow-\S+)\s/.test(text) ? text.split(/\s+/).slice(1) : []))
    .filter((name) => name !== 'lo')
  const plans = [...texts.keys()].some((path) => /^\/etc\/netplan\/.+\.yaml$/.test(path))
  const links = [...texts.keys()].some((path) => /^\/etc\/systemd\/network\/.+\.network$/.test(path))
  const others = [
    'NetworkManager.service',
    'dhcpcd.service',
    'connman.service',
    'cloud-init.service',
    'cloud-init-local.service',
    'wicked.service',
  ]
  if (reads(...others) || lines.some((text) => text.startsWith('source-directory'))) return undefined
  const ifupdown = units.byName.has('networking.service')
  if (up.length > 0) return !ifupdown || reads('networking.service') ? undefined : 'networking.service is not enabled'
  if (links || plans) {
    return reads('systemd-networkd.service') ? undefined : 'systemd-networkd.service is not enabled'
  }
  if (reads('systemd-networkd.service')) return undefined
  return lines.length > 0 ? 'no line "auto" names one' : 'there is no configuration of any'
}

function networkd(name: string, text: string, mode = 0o644) {
  return sketch({
    units: [unit('systemd-networkd.service', '[Service]\nExecStart=/x\n')],
    texts: { [`/etc/systemd/network/${name}`]: text },
    paths: { [`/etc/systemd/network/${name}`]: { mode } },
  })
}

function host(text: string) {
  return sketch({
    declared: { ports: [80] },
    boot: { kernels: ['6.1'] },
    texts: { '/etc/network/interfaces': text },
    units: [unit('networking.service', '[Service]\nExecStart=/sbin/ifup\n')],
  })
}
