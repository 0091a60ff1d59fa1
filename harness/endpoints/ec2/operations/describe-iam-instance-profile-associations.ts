import { runOne, theInstance } from '../examples/instances.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { associationView, hasProfile, instanceOfAssociation } from '../instance-profile.ts'
import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'
import { integer, list, text } from '../parameters.ts'
import { instances } from '../resources/instance.ts'
import { stateOf } from '../resources/lifecycle.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeIamInstanceProfileAssociations.html */
export const describeIamInstanceProfileAssociations = operation({
  name: 'DescribeIamInstanceProfileAssociations',
  parameters: { AssociationId: list(text()), Filter: filterParameter, MaxResults: integer(), NextToken: text() },
  errors: ['InvalidAssociationID.NotFound'],
  looks: true,
  run({ AssociationId, Filter, MaxResults, NextToken }, { region }) {
    const holders =
      AssociationId.length > 0
        ? AssociationId.map((id) => instanceOfAssociation(id, region))
        : region.of(instances).all().filter(hasProfile)
    const there = holders.map(({ id, iamProfile }) => ({ id, iamProfile, state: stateOf(region, iamProfile.life) }))
    const filters = { 'instance-id': ({ id }: { id: string }) => id, state: ({ state }: { state: string }) => state }
    const page = pageOf(applyFilters(there, Filter, filters, region), {
      size: MaxResults,
      token: NextToken,
      limits: { min: 5, max: 1_000 },
    })
    return {
      iamInstanceProfileAssociationSet: page.items.map(({ id, iamProfile, state }) =>
        associationView(id, iamProfile, state),
      ),
      nextToken: page.nextToken,
    }
  },
  examples: [
    {
      title: 'those of an instance',
      clock: 'instant',
      before: [{ ...runOne, given: { ...runOne.given, 'IamInstanceProfile.Name': 'web' } }],
      given: {
        'Filter.1.Name': 'instance-id',
        'Filter.1.Value.1': theInstance,
        'Filter.2.Name': 'state',
        'Filter.2.Value.1': 'associated',
      },
      answers: {
        'iamInstanceProfileAssociationSet.0.instanceId': theInstance,
        'iamInstanceProfileAssociationSet.0.state': 'associated',
      },
    },
    {
      title: 'one that there is not',
      given: { 'AssociationId.1': 'iip-assoc-0123456789abcdef0' },
      answers: 'InvalidAssociationID.NotFound',
    },
  ],
})
