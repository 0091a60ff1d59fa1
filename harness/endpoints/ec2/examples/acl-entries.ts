import type { Example } from '../operation.ts'
import { anAcl, aVpc } from './network.ts'
import { nobody } from './nobody.ts'

/** A port for everybody, as an entry of `anAcl`. */
export const https = {
  NetworkAclId: '$acl.networkAcl.networkAclId',
  RuleNumber: '110',
  Protocol: '6',
  RuleAction: 'allow',
  Egress: 'false',
  CidrBlock: '0.0.0.0/0',
  'PortRange.From': '443',
  'PortRange.To': '443',
} as const
const { CidrBlock: _, ...forNobody } = https

/** What operations refuse that write an entry. */
export const refusedEntries = {
  acl: {
    title: 'of an ACL that there is not',
    given: { ...https, NetworkAclId: nobody.acl },
    answers: 'InvalidNetworkAclID.NotFound',
  },
  nobody: { title: 'for nobody', before: [aVpc, anAcl], given: forNobody, answers: 'MissingParameter' },
  number: {
    title: 'of a number that is too high',
    before: [aVpc, anAcl],
    given: { ...https, RuleNumber: '32767' },
    answers: 'InvalidParameterValue',
  },
} as const satisfies Readonly<Record<string, Example>>
