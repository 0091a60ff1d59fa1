import { ec2Error } from '../errors.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { operation } from '../operation.ts'
import { boolean, list, text } from '../parameters.ts'
import { endpointOf, optInRegions, regionsSeenFrom } from '../regions.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html */
export const describeRegions = operation({
  name: 'DescribeRegions',
  parameters: { RegionName: list(text()), Filter: filterParameter, AllRegions: boolean() },
  errors: ['InvalidParameterValue'],
  looks: true,
  run({ RegionName, Filter, AllRegions }, { region }) {
    const all = regionsSeenFrom(region.name, region.world.seed)
    const stranger = RegionName.find((name) => !all.includes(name))
    if (stranger !== undefined) throw ec2Error('InvalidParameterValue', `Invalid region names: [${stranger}]`)
    const status = (name: string): string => (optInRegions.has(name) ? 'not-opted-in' : 'opt-in-not-required')
    const listed = RegionName.length > 0 ? all.filter((name) => RegionName.includes(name)) : all
    const chosen =
      AllRegions === true || RegionName.length > 0 ? listed : listed.filter((name) => !optInRegions.has(name))
    const filters = {
      endpoint: ({ id }: { id: string }) => endpointOf(id),
      'opt-in-status': ({ id }: { id: string }) => status(id),
      'region-name': ({ id }: { id: string }) => id,
    }
    const items = chosen.map((id) => ({ id }))
    return {
      regionInfo: applyFilters(items, Filter, filters, region).map(({ id }) => ({
        regionName: id,
        regionEndpoint: endpointOf(id),
        optInStatus: status(id),
      })),
    }
  },
  examples: [
    {
      title: 'by name',
      given: { 'RegionName.1': 'eu-west-1' },
      answers: {
        'regionInfo.0.regionName': 'eu-west-1',
        'regionInfo.0.regionEndpoint': 'ec2.eu-west-1.amazonaws.com',
        'regionInfo.1.regionName': undefined,
      },
    },
    {
      title: 'those of a seed',
      seed: { regions: { 'mars-north-1': ['mars-north-1a'] }, defaultRegion: 'mars-north-1' },
      answers: { 'regionInfo.0.regionName': 'mars-north-1', 'regionInfo.1.regionName': undefined },
    },
    { title: 'one that there is not', given: { 'RegionName.1': 'atlantis-1' }, answers: 'InvalidParameterValue' },
  ],
})
