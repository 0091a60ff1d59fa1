import { applyFilters, filterParameter } from '../filters.ts'
import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'
import { boolean, integer, list, text } from '../parameters.ts'
import { ec2Error } from '../errors.ts'
import { runOne, theInstance } from '../steps.ts'
import type { Instance } from '../resources/instance.ts'
import { instanceFilters } from '../resources/instance-filters.ts'
import { instanceView } from '../resources/instance-view.ts'
import { instances, lookingAtMany } from '../resources/instance.ts'
import { forgetTerminated } from '../instance-states.ts'
import type { Region } from '../store.ts'
import { idOf } from '../store.ts'
import type { Xml } from '../wire/xml.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html */
export const describeInstances = operation({
  name: 'DescribeInstances',
  parameters: {
    InstanceId: list(idOf(instances)),
    Filter: filterParameter,
    MaxResults: integer(),
    NextToken: text(),
    IncludeManagedResources: boolean(),
  },
  errors: [
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
    'InvalidParameterCombination',
    'InvalidNextToken',
  ],
  looks: true,
  run({ InstanceId, Filter, MaxResults, NextToken }, { region }) {
    if (InstanceId.length > 0 && MaxResults !== undefined) {
      throw ec2Error(
        'InvalidParameterCombination',
        'The parameter instancesSet cannot be used with the parameter maxResults',
      )
    }
    forgetTerminated(region)
    const there = InstanceId.length > 0 ? region.of(instances).demandAll(InstanceId) : region.of(instances).all()
    return lookingAtMany(region, () => {
      const chosen = applyFilters(there, Filter, instanceFilters, region)
      // A page is so many reservations, and never parts one.
      const page = pageOf(reservationsOf(chosen), {
        size: MaxResults,
        token: NextToken,
        limits: { min: 5, max: 1_000 },
      })
      return { reservationSet: page.items.map((each) => reservationView(each, region)), nextToken: page.nextToken }
    })
  },
  examples: [
    {
      title: 'a launch of two, running after a while',
      before: [
        {
          action: 'RunInstances',
          given: { ImageId: 'ami-0a1b2c3d4e5f60001', MinCount: '2', MaxCount: '2' },
          as: 'run',
        },
        { advanceMs: 60_000 },
      ],
      answers: {
        'reservationSet.0.reservationId': '$run.reservationId',
        'reservationSet.0.instancesSet.0.instanceState.name': 'running',
        'reservationSet.0.instancesSet.1.amiLaunchIndex': '1',
      },
    },
    {
      title: 'by state',
      before: [{ action: 'RunInstances', given: { ImageId: 'ami-0a1b2c3d4e5f60001', MinCount: '1', MaxCount: '1' } }],
      given: { 'Filter.1.Name': 'instance-state-name', 'Filter.1.Value.1': 'running' },
      answers: { 'reservationSet.0.reservationId': undefined },
    },
    {
      title: 'an id that there is not',
      given: { 'InstanceId.1': 'i-0123456789abcdef0' },
      answers: 'InvalidInstanceID.NotFound',
    },
    { title: 'an id that is none', given: { 'InstanceId.1': 'instance' }, answers: 'InvalidInstanceID.Malformed' },
    {
      title: 'ids and pages together',
      given: { 'InstanceId.1': 'i-0123456789abcdef0', MaxResults: '5' },
      answers: 'InvalidParameterCombination',
    },
    {
      title: 'an hour after it was terminated',
      before: [
        runOne,
        { advanceMs: 60_000 },
        { action: 'TerminateInstances', given: { 'InstanceId.1': theInstance } },
        { advanceMs: 3_700_000 },
      ],
      given: { 'InstanceId.1': theInstance },
      answers: 'InvalidInstanceID.NotFound',
    },
    { title: 'a page that nobody announced', given: { NextToken: 'abc' }, answers: 'InvalidNextToken' },
  ],
})

type Reservation = readonly [first: Instance, ...others: Instance[]]

/** One reservation for each launch: instances of one are told together. */
function reservationsOf(items: readonly Instance[]): Reservation[] {
  const reservations = new Map<string, [Instance, ...Instance[]]>()
  for (const instance of items) {
    const launched = reservations.get(instance.reservationId)
    if (launched === undefined) reservations.set(instance.reservationId, [instance])
    else launched.push(instance)
  }
  return [...reservations.values()]
}

function reservationView(launched: Reservation, region: Region): Xml {
  return {
    reservationId: launched[0].reservationId,
    ownerId: region.accountId,
    groupSet: [],
    instancesSet: launched.map((each) => instanceView(each, region)),
  }
}
