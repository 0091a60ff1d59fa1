import { applyFilters, filterParameter } from '../filters.ts'
import { ec2Error } from '../errors.ts'
import { operation } from '../operation.ts'
import { boolean, list, text } from '../parameters.ts'
import { zonesOf } from '../regions.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html */
export const describeAvailabilityZones = operation({
  name: 'DescribeAvailabilityZones',
  parameters: {
    ZoneName: list(text()),
    ZoneId: list(text()),
    Filter: filterParameter,
    AllAvailabilityZones: boolean(),
  },
  errors: ['InvalidParameterValue'],
  looks: true,
  run({ ZoneName, ZoneId, Filter }, { region }) {
    const zones = zonesOf(region.name, region.world.seed)
    for (const name of ZoneName) {
      if (!zones.some((zone) => zone.name === name))
        throw ec2Error('InvalidParameterValue', `Invalid availability zone: [${name}]`)
    }
    for (const id of ZoneId) {
      if (!zones.some((zone) => zone.id === id))
        throw ec2Error('InvalidParameterValue', `Invalid availability zone-id: [${id}]`)
    }
    const chosen = zones.filter(
      ({ name, id }) =>
        (ZoneName.length === 0 || ZoneName.includes(name)) && (ZoneId.length === 0 || ZoneId.includes(id)),
    )
    const filters = {
      'group-name': () => `${region.name}-zg-1`,
      message: () => undefined,
      'opt-in-status': () => 'opt-in-not-required',
      // Only local zones have a zone above them.
      'parent-zone-id': () => undefined,
      'parent-zone-name': () => undefined,
      'region-name': () => region.name,
      state: () => 'available',
      'zone-id': ({ zone }: { zone: string }) => zone,
      'zone-name': ({ id }: { id: string }) => id,
      'zone-type': () => 'availability-zone',
    }
    // Filters work on resources, whose id is here the zone's name.
    const items = chosen.map(({ name, id }) => ({ id: name, zone: id }))
    return {
      availabilityZoneInfo: applyFilters(items, Filter, filters, region).map(({ id: zoneName, zone: zoneId }) => ({
        optInStatus: 'opt-in-not-required',
        messageSet: [],
        regionName: region.name,
        zoneName,
        zoneId,
        groupName: `${region.name}-zg-1`,
        networkBorderGroup: region.name,
        zoneType: 'availability-zone',
        zoneState: 'available',
      })),
    }
  },
  examples: [
    {
      title: 'of the region that is asked',
      region: 'eu-west-1',
      answers: { 'availabilityZoneInfo.0.zoneName': 'eu-west-1a', 'availabilityZoneInfo.0.zoneId': 'euw1-az3' },
    },
    {
      title: 'of a seed',
      seed: { regions: { 'mars-north-1': ['mars-north-1a'] }, defaultRegion: 'mars-north-1' },
      answers: { 'availabilityZoneInfo.0.zoneName': 'mars-north-1a', 'availabilityZoneInfo.1.zoneName': undefined },
    },
    { title: 'one that there is not', given: { 'ZoneName.1': 'us-east-1z' }, answers: 'InvalidParameterValue' },
  ],
})
