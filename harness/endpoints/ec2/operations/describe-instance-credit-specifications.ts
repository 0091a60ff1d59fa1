import { refusedInstances, runOne, theInstance } from '../examples/instances.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'
import { integer, list, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { creditsOf, instances } from '../resources/instance.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceCreditSpecifications.html */
export const describeInstanceCreditSpecifications = operation({
  name: 'DescribeInstanceCreditSpecifications',
  parameters: { InstanceId: list(idOf(instances)), Filter: filterParameter, MaxResults: integer(), NextToken: text() },
  errors: ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed'],
  looks: true,
  run({ InstanceId, Filter, MaxResults, NextToken }, { region }) {
    const there = region.of(instances)
    // Of all instances only those that were set apart are told.
    const chosen = InstanceId.length > 0 ? there.demandAll(InstanceId) : there.all().filter((each) => isUnlimited(each))
    const page = pageOf(applyFilters(chosen, Filter, { 'instance-id': ({ id }) => id }, region), {
      size: MaxResults,
      token: NextToken,
      limits: { min: 5, max: 1_000 },
    })
    return {
      instanceCreditSpecificationSet: page.items.map((each) => ({ instanceId: each.id, cpuCredits: creditsOf(each) })),
      nextToken: page.nextToken,
    }
  },
  examples: [
    {
      title: 'of a t3, which is unlimited unless told otherwise',
      before: [{ ...runOne, given: { ...runOne.given, InstanceType: 't3.micro' } }],
      given: { 'InstanceId.1': theInstance },
      answers: { 'instanceCreditSpecificationSet.0.cpuCredits': 'unlimited' },
    },
    {
      title: 'of all: none of a t2',
      before: [{ ...runOne, given: { ...runOne.given, InstanceType: 't2.micro' } }],
      answers: { 'instanceCreditSpecificationSet.0.instanceId': undefined },
    },
    refusedInstances.unknown,
    refusedInstances.malformed,
  ],
})

function isUnlimited(instance: Parameters<typeof creditsOf>[0]): boolean {
  return creditsOf(instance) === 'unlimited'
}
