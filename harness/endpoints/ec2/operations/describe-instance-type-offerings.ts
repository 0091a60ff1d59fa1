import { applyFilters, filterParameter } from '../filters.ts'
import { instanceTypes } from '../instance-types/instance-type.ts'
import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'
import { integer, text, withDefault } from '../parameters.ts'
import { zonesOf } from '../regions.ts'
import type { Region } from '../store.ts'

interface Offering {
  readonly id: string
  readonly location: string
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypeOfferings.html */
export const describeInstanceTypeOfferings = operation({
  name: 'DescribeInstanceTypeOfferings',
  parameters: {
    LocationType: withDefault(
      text({ oneOf: ['region', 'availability-zone', 'availability-zone-id', 'outpost'] }),
      'region',
    ),
    Filter: filterParameter,
    MaxResults: integer(),
    NextToken: text(),
  },
  errors: ['InvalidParameterValue'],
  looks: true,
  run({ LocationType: locationType, Filter, MaxResults, NextToken }, { region }) {
    const locations = locationsOf(locationType, region)
    const all = [...instanceTypes().keys()].flatMap((id) => locations.map((location): Offering => ({ id, location })))
    const filters = { 'instance-type': ({ id }: Offering) => id, location: ({ location }: Offering) => location }
    const page = pageOf(applyFilters(all, Filter, filters, region), {
      size: MaxResults ?? 1_000,
      token: NextToken,
      limits: { min: 5, max: 1_000 },
    })
    return {
      instanceTypeOfferingSet: page.items.map(({ id, location }) => ({ instanceType: id, locationType, location })),
      nextToken: page.nextToken,
    }
  },
  examples: [
    {
      title: 'of a region',
      given: { 'Filter.1.Name': 'instance-type', 'Filter.1.Value.1': 't3.micro' },
      answers: {
        'instanceTypeOfferingSet.0.locationType': 'region',
        'instanceTypeOfferingSet.0.location': 'us-east-1',
        'instanceTypeOfferingSet.1.location': undefined,
      },
    },
    {
      title: 'of each zone',
      given: {
        LocationType: 'availability-zone',
        'Filter.1.Name': 'instance-type',
        'Filter.1.Value.1': 't3.micro',
        'Filter.2.Name': 'location',
        'Filter.2.Value.1': 'us-east-1b',
      },
      answers: { 'instanceTypeOfferingSet.0.location': 'us-east-1b' },
    },
    { title: 'of a moon', given: { LocationType: 'moon' }, answers: 'InvalidParameterValue' },
  ],
})

/** Every type is offered everywhere, save on outposts, of which there are none. */
function locationsOf(type: string, region: Region): string[] {
  if (type === 'region') return [region.name]
  if (type === 'outpost') return []
  const zones = zonesOf(region.name, region.world.seed)
  return zones.map(({ name, id }) => (type === 'availability-zone' ? name : id))
}
