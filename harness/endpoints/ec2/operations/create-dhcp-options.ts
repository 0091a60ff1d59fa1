import { ec2Error } from '../errors.ts'
import { operation } from '../operation.ts'
import { list, required, structure, text } from '../parameters.ts'
import { parseIpv4 } from '../resources/cidr.ts'
import { dhcpOptions, dhcpOptionsView } from '../resources/dhcp-options.ts'
import { parseIpv6 } from '../resources/ipv6.ts'
import { checkSpecifications, tagAsSpecified, tagSpecifications } from '../tagging.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDhcpOptions.html */
export const createDhcpOptions = operation({
  name: 'CreateDhcpOptions',
  parameters: {
    DhcpConfiguration: required(list(structure({ Key: required(text()), Value: list(text()) }))),
    TagSpecification: tagSpecifications,
  },
  errors: ['InvalidParameterValue'],
  run({ DhcpConfiguration, TagSpecification }, { region }) {
    for (const { Key, Value } of DhcpConfiguration) check(Key, Value)
    checkSpecifications(TagSpecification, ['dhcp-options'])
    const collection = region.of(dhcpOptions)
    const options = collection.add({
      id: collection.newId(),
      isDefault: false,
      configurations: DhcpConfiguration.map(({ Key: key, Value: values }) => ({ key, values })),
    })
    tagAsSpecified(region, dhcpOptions, options.id, TagSpecification)
    return { dhcpOptions: dhcpOptionsView(options, region) }
  },
  examples: [
    {
      title: 'with a domain and its name servers',
      given: {
        'DhcpConfiguration.1.Key': 'domain-name',
        'DhcpConfiguration.1.Value.1': 'example.com',
        'DhcpConfiguration.2.Key': 'domain-name-servers',
        'DhcpConfiguration.2.Value.1': '10.2.5.1',
        'DhcpConfiguration.2.Value.2': '10.2.5.2',
      },
      answers: {
        'dhcpOptions.dhcpConfigurationSet.0.key': 'domain-name',
        'dhcpOptions.dhcpConfigurationSet.0.valueSet.0.value': 'example.com',
        'dhcpOptions.dhcpConfigurationSet.1.valueSet.1.value': '10.2.5.2',
      },
    },
    {
      title: 'with a time server that is no address',
      given: { 'DhcpConfiguration.1.Key': 'ntp-servers', 'DhcpConfiguration.1.Value.1': 'clock' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'with an option that there is not',
      given: { 'DhcpConfiguration.1.Key': 'colour', 'DhcpConfiguration.1.Value.1': 'blue' },
      answers: 'InvalidParameterValue',
    },
  ],
})

/** Options of addresses: at most four of each. */
const addresses = new Set(['domain-name-servers', 'ntp-servers', 'netbios-name-servers'])
const single = new Set(['domain-name', 'netbios-node-type', 'ipv6-address-preferred-lease-time'])

function check(key: string, values: readonly string[]): void {
  const refuse = (why: string): never => {
    throw ec2Error('InvalidParameterValue', `Value (${values.join(', ')}) for parameter ${key} is invalid. ${why}`)
  }
  if (!addresses.has(key) && !single.has(key)) refuse('Unknown DHCP option.')
  if (values.length === 0) refuse('At least one value is needed.')
  if (single.has(key) && values.length > 1) refuse('Only one value is allowed.')
  if (key === 'netbios-node-type' && !['1', '2', '4', '8'].includes(values[0] ?? '')) refuse('One of 1, 2, 4 and 8.')
  if (!addresses.has(key)) return
  if (values.length > 4) refuse('At most four addresses are allowed.')
  const isAddress = (value: string): boolean => parseIpv4(value) !== undefined || parseIpv6(value) !== undefined
  const named = key === 'domain-name-servers' ? 'AmazonProvidedDNS' : undefined
  if (values.some((value) => value !== named && !isAddress(value))) refuse('This is not an address.')
}
