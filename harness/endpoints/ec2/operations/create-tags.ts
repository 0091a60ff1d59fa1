import { operation } from '../operation.ts'
import { list, required, text } from '../parameters.ts'
import { kindOfId } from '../resource-kinds.ts'
import { ec2Error } from '../errors.ts'
import { checkedTags, tagList, tagResource } from '../tagging.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html */
export const createTags = operation({
  name: 'CreateTags',
  parameters: { ResourceId: required(list(text()), 'resourceIdSet'), Tag: required(tagList) },
  errors: ['InvalidID', 'InvalidVolume.NotFound', 'InvalidParameterValue', 'TagLimitExceeded'],
  run({ ResourceId, Tag }, { region }) {
    checkedTags(Tag)
    const named = ResourceId.map((id) => {
      const kind = kindOfId(id)
      if (kind === undefined) throw ec2Error('InvalidID', id)
      region.of(kind).demand(id)
      return { id, kind }
    })
    for (const { id, kind } of named) tagResource(region, kind.name, id, Tag)
    return { return: true }
  },
  examples: [
    {
      title: 'on two resources at once',
      before: [
        { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' }, as: 'one' },
        { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' }, as: 'two' },
      ],
      given: {
        'ResourceId.1': '$one.volumeId',
        'ResourceId.2': '$two.volumeId',
        'Tag.1.Key': 'job',
        'Tag.1.Value': 'backup',
      },
      answers: { return: 'true' },
    },
    {
      title: 'on what there is not',
      given: { 'ResourceId.1': 'vol-0123456789abcdef0', 'Tag.1.Key': 'job', 'Tag.1.Value': 'backup' },
      answers: 'InvalidVolume.NotFound',
    },
    { title: 'on nothing', given: { 'Tag.1.Key': 'job', 'Tag.1.Value': 'backup' }, answers: 'MissingParameter' },
    {
      title: 'on what is no resource',
      given: { 'ResourceId.1': 'everything', 'Tag.1.Key': 'job', 'Tag.1.Value': 'backup' },
      answers: 'InvalidID',
    },
    {
      title: "with a key that is AWS's own",
      before: [{ action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' }, as: 'one' }],
      given: { 'ResourceId.1': '$one.volumeId', 'Tag.1.Key': 'aws:job', 'Tag.1.Value': 'backup' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'the fifty-first of a resource',
      before: [{ action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' }, as: 'one' }],
      given: {
        'ResourceId.1': '$one.volumeId',
        ...Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`Tag.${index + 1}.Key`, `key-${index}`])),
      },
      answers: 'TagLimitExceeded',
    },
  ],
})
