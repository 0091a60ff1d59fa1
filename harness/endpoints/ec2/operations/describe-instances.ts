import { refusedInstances, runOne, theInstance } from '../examples/instances.ts'
import { nobody } from '../examples/nobody.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { operation } from '../operation.ts'
import { pageOf, refuseIdsWithPages } from '../paging.ts'
import { boolean, integer, list, text } from '../parameters.ts'
import type { Instance } from '../resources/instance.ts'
import { instanceFilters } from '../resources/instance-filters.ts'
import { instanceView } from '../resources/instance-view.ts'
import { instances, lookingAtMany } from '../resources/instance.ts'
import { forgetTerminated } from '../instance-states.ts'
import { idOf } from '../resource.ts'
import type { Region } from '../store.ts'
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
    refuseIdsWithPages(InstanceId, MaxResults)
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
      before: [{ ...runOne, given: { ...runOne.given, MinCount: '2', MaxCount: '2' } }, { advanceMs: 60_000 }],
      answers: {
        'reservationSet.0.reservationId': '$run.reservationId',
        'reservationSet.0.instancesSet.0.instanceState.name': 'running',
        'reservationSet.0.instancesSet.1.amiLaunchIndex': '1',
      },
    },
    {
      title: 'by state',
      before: [runOne],
      given: { 'Filter.1.Name': 'instance-state-name', 'Filter.1.Value.1': 'running' },
      answers: { 'reservationSet.0.reservationId': undefined },
    },
    refusedInstances.unknown,
    { title: 'an id that is none', given: { 'InstanceId.1': 'instance' }, answers: 'InvalidInstanceID.Malformed' },
    {
      title: 'ids and pages together',
      given: { 'InstanceId.1': nobody.instance, MaxResults: '5' },
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
