import { ec2Error } from './errors.ts'
import { blockOf } from './networks.ts'
import type { Values } from './parameters.ts'
import { boolean, integer, required, structure, text } from './parameters.ts'
import { idOf } from './resource.ts'
import { cidrText } from './resources/cidr.ts'
import { cidr6Text, parseCidr6 } from './resources/ipv6.ts'
import type { NetworkAclEntry } from './resources/network-acl.ts'
import { lastRule, networkAcls } from './resources/network-acl.ts'

export const entryParameters = {
  NetworkAclId: required(idOf(networkAcls)),
  RuleNumber: required(integer()),
  Protocol: required(text()),
  RuleAction: required(text({ pattern: /^(?:allow|deny)$/i })),
  Egress: required(boolean()),
  CidrBlock: text(),
  Ipv6CidrBlock: text(),
  Icmp: structure({ Code: integer(), Type: integer() }),
  PortRange: structure({ From: integer(), To: integer() }),
} as const

const numbers: Readonly<Record<string, string>> = { all: '-1', icmp: '1', tcp: '6', udp: '17', icmpv6: '58' }

/**
 * What a request describes as a rule of an ACL. Protocols have numbers here; TCP and UDP need ports, ICMP its type.
 *
 * @throws Ec2Error MissingParameter, InvalidParameterValue
 */
export function entryOf(given: Values<typeof entryParameters>): NetworkAclEntry {
  checkNumber(given.RuleNumber)
  const lower = given.Protocol.toLowerCase()
  const protocol = numbers[lower] ?? lower
  if (!/^(?:-1|\d{1,3})$/.test(protocol) || Number(protocol) > 255) {
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${given.Protocol}) for parameter protocol is invalid. Unknown protocol`,
    )
  }
  const { CidrBlock, Ipv6CidrBlock, Icmp, PortRange } = given
  if (CidrBlock === undefined && Ipv6CidrBlock === undefined) throw ec2Error('MissingParameter', 'cidrBlock')
  const six = Ipv6CidrBlock === undefined ? undefined : parseCidr6(Ipv6CidrBlock)
  if (Ipv6CidrBlock !== undefined && six === undefined) {
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${Ipv6CidrBlock}) for parameter ipv6CidrBlock is invalid. This is not a valid CIDR block.`,
    )
  }
  return {
    ruleNumber: given.RuleNumber,
    protocol,
    ruleAction: given.RuleAction,
    egress: given.Egress,
    cidr: CidrBlock === undefined ? undefined : cidrText(blockOf(CidrBlock)),
    cidr6: six === undefined ? undefined : cidr6Text(six),
    icmp: Icmp === undefined ? undefined : { code: Icmp.Code, type: Icmp.Type },
    ports: PortRange === undefined ? undefined : { from: PortRange.From, to: PortRange.To },
  }
}

/** Numbers that people may use; the last one is the service's own. */
export function checkNumber(number: number): void {
  if (number >= 0 && number < lastRule) return
  throw ec2Error(
    'InvalidParameterValue',
    `Value (${number}) for parameter ruleNumber is invalid. Must be between 1 and ${lastRule - 1}.`,
  )
}

/** Entries as the service lists them: what goes out before what comes in, each by its number. */
export function inOrder(entries: readonly NetworkAclEntry[]): NetworkAclEntry[] {
  return entries.toSorted((a, b) => Number(b.egress) - Number(a.egress) || a.ruleNumber - b.ruleNumber)
}
