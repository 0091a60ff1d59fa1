import type { Filters } from '../filters.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'
import { integer, text } from '../parameters.ts'
import type { Tag } from '../tags.ts'

const volume = { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' } }

interface OwnedTag extends Tag {
  readonly id: string
  readonly kind: string
}

const filters: Filters<OwnedTag> = {
  key: ({ key }) => key,
  'resource-id': ({ id }) => id,
  'resource-type': ({ kind }) => kind,
  value: ({ value }) => value,
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html */
export const describeTags = operation({
  name: 'DescribeTags',
  parameters: { Filter: filterParameter, MaxResults: integer(), NextToken: text() },
  errors: ['InvalidParameterValue', 'InvalidNextToken'],
  looks: true,
  run({ Filter, MaxResults, NextToken }, { region }) {
    const page = pageOf(applyFilters([...region.tags.all()], Filter, filters, region), {
      size: MaxResults,
      token: NextToken,
      limits: { min: 5, max: 1_000 },
    })
    return {
      tagSet: page.items.map(({ id, kind, key, value }) => ({ resourceId: id, resourceType: kind, key, value })),
      nextToken: page.nextToken,
    }
  },
  examples: [
    {
      title: 'of one kind, by a part of the value',
      before: [
        { ...volume, as: 'volume' },
        {
          action: 'CreateTags',
          given: { 'ResourceId.1': '$volume.volumeId', 'Tag.1.Key': 'job', 'Tag.1.Value': 'nightly backup' },
        },
      ],
      given: {
        'Filter.1.Name': 'resource-type',
        'Filter.1.Value.1': 'volume',
        'Filter.2.Name': 'value',
        'Filter.2.Value.1': '*backup',
      },
      answers: {
        'tagSet.0.resourceId': '$volume.volumeId',
        'tagSet.0.resourceType': 'volume',
        'tagSet.0.key': 'job',
        'tagSet.1.key': undefined,
      },
    },
    {
      title: 'by a filter that there is not',
      given: { 'Filter.1.Name': 'owner', 'Filter.1.Value.1': 'me' },
      answers: 'InvalidParameterValue',
    },
    { title: 'a page that nobody announced', given: { NextToken: 'abc' }, answers: 'InvalidNextToken' },
  ],
})
