import { someOptions } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { describe } from '../operation.ts'
import { dhcpOptions, dhcpOptionsFilters, dhcpOptionsView } from '../resources/dhcp-options.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeDhcpOptions.html */
export const describeDhcpOptions = describe({
  name: 'DescribeDhcpOptions',
  kind: dhcpOptions,
  ids: 'DhcpOptionsId',
  set: 'dhcpOptionsSet',
  view: dhcpOptionsView,
  filters: dhcpOptionsFilters,
  examples: [
    {
      title: 'of a fresh region: those of the default VPC',
      region: 'eu-west-1',
      answers: {
        'dhcpOptionsSet.0.dhcpConfigurationSet.0.valueSet.0.value': 'eu-west-1.compute.internal',
        'dhcpOptionsSet.0.dhcpConfigurationSet.1.valueSet.0.value': 'AmazonProvidedDNS',
        'dhcpOptionsSet.1.dhcpOptionsId': undefined,
      },
    },
    {
      title: 'by a value',
      before: [someOptions],
      given: { 'Filter.1.Name': 'value', 'Filter.1.Value.1': 'example.com' },
      answers: {
        'dhcpOptionsSet.0.dhcpOptionsId': '$options.dhcpOptions.dhcpOptionsId',
        'dhcpOptionsSet.1.dhcpOptionsId': undefined,
      },
    },
    {
      title: 'some that there are not',
      given: { 'DhcpOptionsId.1': nobody.options },
      answers: 'InvalidDhcpOptionID.NotFound',
    },
  ],
})
