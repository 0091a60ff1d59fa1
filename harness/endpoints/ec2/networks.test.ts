import { describe, expect, test } from 'vitest'
import { createEndpoint } from '../core/create.ts'
import type { Endpoint } from '../core/index.ts'
import type { Answer } from './testing/ask.ts'
import { ask } from './testing/ask.ts'

const lenient = (): Promise<Endpoint> => createEndpoint('ec2', { signatures: 'lenient' })
const out = 'securityGroupInfo.0.ipPermissionsEgress'

async function made(answer: Promise<Answer>, path: string): Promise<string> {
  const { at, code, message } = await answer
  const id = at(path)
  if (id === undefined) throw new Error(`no ${path}: ${code ?? ''} ${message ?? ''}`)
  return id
}

const vpc = (endpoint: Endpoint, given: Readonly<Record<string, string>> = {}): Promise<string> =>
  made(ask(endpoint, 'CreateVpc', { CidrBlock: '10.0.0.0/16', ...given }), 'vpc.vpcId')
const group = (endpoint: Endpoint, VpcId: string): Promise<string> =>
  made(ask(endpoint, 'CreateSecurityGroup', { GroupName: 'web', GroupDescription: 'Web', VpcId }), 'groupId')
const withIpv6 = { AmazonProvidedIpv6CidrBlock: 'true' }

/** Where the rules of a group let traffic out to, as DescribeSecurityGroupRules lists them. */
async function outgoing(endpoint: Endpoint, groupId: string): Promise<(string | undefined)[]> {
  const { at } = await ask(endpoint, 'DescribeSecurityGroupRules', {
    'Filter.1.Name': 'group-id',
    'Filter.1.Value.1': groupId,
  })
  const sides = [0, 1, 2].map((index) =>
    ['cidrIpv4', 'cidrIpv6'].map((name) => at(`securityGroupRuleSet.${index}.${name}`)),
  )
  return sides.flat().filter((side) => side !== undefined)
}

describe('a group of a VPC with IPv6', () => {
  test('lets everything out by two rules, which are one permission with a range of each family', async () => {
    const endpoint = await lenient()
    const id = await group(endpoint, await vpc(endpoint, withIpv6))
    expect(await outgoing(endpoint, id)).toEqual(['0.0.0.0/0', '::/0'])
    const { at } = await ask(endpoint, 'DescribeSecurityGroups', { 'GroupId.1': id })
    expect(
      ['0.ipProtocol', '0.ipRanges.0.cidrIp', '0.ipv6Ranges.0.cidrIpv6', '1.ipProtocol'].map((path) =>
        at(`${out}.${path}`),
      ),
    ).toEqual(['-1', '0.0.0.0/0', '::/0', undefined])
  })

  test('that got it later lets IPv6 out too, unless somebody has changed its outgoing rules', async () => {
    const endpoint = await lenient()
    const [here, there] = [await vpc(endpoint), await vpc(endpoint)]
    const [plain, changed] = [await group(endpoint, here), await group(endpoint, there)]
    await ask(endpoint, 'AuthorizeSecurityGroupEgress', {
      GroupId: changed,
      'IpPermissions.1.IpProtocol': 'tcp',
      'IpPermissions.1.FromPort': '22',
      'IpPermissions.1.ToPort': '22',
      'IpPermissions.1.IpRanges.1.CidrIp': '198.51.100.0/24',
    })
    for (const VpcId of [here, there]) await ask(endpoint, 'AssociateVpcCidrBlock', { VpcId, ...withIpv6 })
    expect(await outgoing(endpoint, plain)).toEqual(['0.0.0.0/0', '::/0'])
    expect(await outgoing(endpoint, changed)).toEqual(['0.0.0.0/0', '198.51.100.0/24'])
  })
})

describe('a launch with interfaces', () => {
  const one = { ImageId: 'ami-0a1b2c3d4e5f60001', MinCount: '1', MaxCount: '1' }
  const nics = 'instancesSet.0.networkInterfaceSet'

  async function subnet(endpoint: Endpoint): Promise<string> {
    const VpcId = await vpc(endpoint, withIpv6)
    const given = { VpcId, CidrBlock: '10.0.0.0/24', Ipv6CidrBlock: '2001:db8:1000:100::/64' }
    return made(ask(endpoint, 'CreateSubnet', given), 'subnet.subnetId')
  }

  test('attaches those that are there already at every place, and makes only the others', async () => {
    const endpoint = await lenient()
    const SubnetId = await subnet(endpoint)
    const nic = await made(ask(endpoint, 'CreateNetworkInterface', { SubnetId }), 'networkInterface.networkInterfaceId')
    const run = await ask(endpoint, 'RunInstances', {
      ...one,
      'NetworkInterface.1.DeviceIndex': '0',
      'NetworkInterface.1.SubnetId': SubnetId,
      'NetworkInterface.2.DeviceIndex': '1',
      'NetworkInterface.2.NetworkInterfaceId': nic,
    })
    expect([run.at(`${nics}.1.networkInterfaceId`), run.at(`${nics}.2.networkInterfaceId`)]).toEqual([nic, undefined])
    const more = await ask(endpoint, 'RunInstances', { ...one, 'NetworkInterface.1.NetworkInterfaceId': nic })
    expect(more.code).toBe('InvalidNetworkInterface.InUse')
  })

  test('gives as many IPv6 addresses as it asks for, and metadata tells them', async () => {
    const endpoint = await lenient()
    const run = await ask(endpoint, 'RunInstances', { ...one, SubnetId: await subnet(endpoint), Ipv6AddressCount: '2' })
    const six = [0, 1].map((index) => run.at(`${nics}.0.ipv6AddressesSet.${index}.ipv6Address`))
    expect(six).toEqual(['2001:db8:1000:100::10', '2001:db8:1000:100::11'])
    const path = `/_seatrial/instances/${run.at('instancesSet.0.instanceId') ?? ''}`
    const told = await endpoint.answer({
      method: 'GET',
      target: path,
      host: 'localhost',
      scheme: 'http',
      fields: [],
      body: new Uint8Array(),
    })
    expect(told.kind === 'reply' && JSON.parse(String(told.reply.body))).toMatchObject({ ipv6Addresses: six })
  })

  test('for IPv6 addresses where the subnet has none is refused, and leaves nothing behind', async () => {
    const endpoint = await lenient()
    expect((await ask(endpoint, 'RunInstances', { ...one, Ipv6AddressCount: '1' })).code).toBe('InvalidParameterValue')
    expect((await ask(endpoint, 'DescribeNetworkInterfaces')).at('networkInterfaceSet.0.networkInterfaceId')).toBe(
      undefined,
    )
  })

  test('at one private address is of one instance, and nothing is launched when more are asked for', async () => {
    const endpoint = await lenient()
    const asked = { ...one, MaxCount: '2', PrivateIpAddress: '172.31.0.77' }
    expect((await ask(endpoint, 'RunInstances', asked)).code).toBe('InvalidParameterCombination')
    expect((await ask(endpoint, 'DescribeInstances')).at('reservationSet.0.reservationId')).toBe(undefined)
  })
})
