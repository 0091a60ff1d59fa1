import { runOne } from '../examples/instances.ts'
import { anInterface, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'
import { boolean, integer, list, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { lookingAtMany } from '../resources/instance-belongings.ts'
import { elasticOf, networkInterfaceFilters, networkInterfaceView } from '../resources/network-interface-view.ts'
import { networkInterfaces } from '../resources/network-interface.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html */
export const describeNetworkInterfaces = operation({
  name: 'DescribeNetworkInterfaces',
  parameters: {
    NetworkInterfaceId: list(idOf(networkInterfaces)),
    Filter: filterParameter,
    MaxResults: integer(),
    NextToken: text(),
    IncludeManagedResources: boolean(),
  },
  errors: ['InvalidNetworkInterfaceID.NotFound', 'InvalidNetworkInterfaceId.Malformed'],
  looks: true,
  run({ NetworkInterfaceId: ids, Filter, MaxResults, NextToken }, { region }) {
    const collection = region.of(networkInterfaces)
    const there = ids.length > 0 ? collection.demandAll(ids) : collection.all()
    const chosen = lookingAtMany(region, () => applyFilters(there, Filter, networkInterfaceFilters, region))
    const page = pageOf(chosen, {
      size: MaxResults,
      token: NextToken,
      limits: { min: 5, max: 1_000 },
    })
    const elastic = elasticOf(region)
    return {
      networkInterfaceSet: page.items.map((each) => networkInterfaceView(each, region, elastic)),
      nextToken: page.nextToken,
    }
  },
  examples: [
    {
      title: 'one that is attached to nothing',
      before: [aVpc, aSubnet, anInterface],
      given: { 'NetworkInterfaceId.1': '$nic.networkInterface.networkInterfaceId' },
      answers: {
        'networkInterfaceSet.0.status': 'available',
        'networkInterfaceSet.0.attachment': undefined,
        'networkInterfaceSet.1.networkInterfaceId': undefined,
      },
    },
    {
      title: 'those of an instance',
      before: [aVpc, aSubnet, anInterface, runOne],
      given: { 'Filter.1.Name': 'attachment.instance-id', 'Filter.1.Value.1': '$run.instancesSet.0.instanceId' },
      answers: {
        'networkInterfaceSet.0.status': 'in-use',
        'networkInterfaceSet.0.attachment.deviceIndex': '0',
        'networkInterfaceSet.0.association.ipOwnerId': 'amazon',
        'networkInterfaceSet.1.networkInterfaceId': undefined,
      },
    },
    {
      title: 'one that there is not',
      given: { 'NetworkInterfaceId.1': nobody.nic },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    {
      title: 'what is none',
      given: { 'NetworkInterfaceId.1': 'eth0' },
      answers: 'InvalidNetworkInterfaceId.Malformed',
    },
  ],
})
