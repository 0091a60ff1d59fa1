import { operation } from '../operation.ts'
import { text } from '../parameters.ts'
import { allKinds } from '../resource-kinds.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeIdFormat.html */
export const describeIdFormat = operation({
  name: 'DescribeIdFormat',
  parameters: { Resource: text() },
  errors: [],
  looks: true,
  run({ Resource: wanted }) {
    const names = ['reservation', ...allKinds().map(({ name }) => name)].toSorted()
    return {
      // All ids are long since 2018.
      statusSet: names
        .filter((name) => wanted === undefined || name === wanted)
        .map((resource) => ({ resource, useLongIds: true })),
    }
  },
  examples: [
    {
      title: 'of instances',
      given: { Resource: 'instance' },
      answers: {
        'statusSet.0.resource': 'instance',
        'statusSet.0.useLongIds': 'true',
        'statusSet.1.resource': undefined,
      },
    },
  ],
})
