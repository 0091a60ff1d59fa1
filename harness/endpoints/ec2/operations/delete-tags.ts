import { ec2Error } from '../errors.ts'
import { operation } from '../operation.ts'
import { list, required, text } from '../parameters.ts'
import { kindOfId } from '../resource-kinds.ts'
import { tagList } from '../tagging.ts'

const volume = { action: 'CreateVolume', given: { AvailabilityZone: 'us-east-1a', Size: '8' }, as: 'volume' }
const tagged = {
  action: 'CreateTags',
  given: { 'ResourceId.1': '$volume.volumeId', 'Tag.1.Key': 'job', 'Tag.1.Value': 'backup' },
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTags.html */
export const deleteTags = operation({
  name: 'DeleteTags',
  parameters: { ResourceId: required(list(text()), 'resourceIdSet'), Tag: tagList },
  errors: ['InvalidID', 'InvalidParameterValue'],
  run({ ResourceId, Tag }, { region }) {
    for (const id of ResourceId) if (kindOfId(id) === undefined) throw ec2Error('InvalidID', id)
    if (Tag.some(({ Key }) => Key === undefined || Key === '')) {
      throw ec2Error('InvalidParameterValue', 'Tag key cannot be empty')
    }
    for (const id of ResourceId) {
      if (Tag.length === 0) region.tags.drop(id)
      for (const { Key, Value } of Tag) region.tags.drop(id, Key, Value)
    }
    return { return: true }
  },
  examples: [
    {
      title: 'by key',
      before: [volume, tagged],
      given: { 'ResourceId.1': '$volume.volumeId', 'Tag.1.Key': 'job' },
      answers: { return: 'true' },
    },
    {
      title: 'all of a resource that has none: nothing happens',
      before: [volume],
      given: { 'ResourceId.1': '$volume.volumeId' },
      answers: { return: 'true' },
    },
    { title: 'of nothing', given: { 'Tag.1.Key': 'job' }, answers: 'MissingParameter' },
    { title: 'of what is no resource', given: { 'ResourceId.1': 'all', 'Tag.1.Key': 'job' }, answers: 'InvalidID' },
    {
      title: 'without a key',
      before: [volume],
      given: { 'ResourceId.1': '$volume.volumeId', 'Tag.1.Value': 'backup' },
      answers: 'InvalidParameterValue',
    },
  ],
})
