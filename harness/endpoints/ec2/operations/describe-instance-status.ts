import { refusedInstances, runOne, theInstance } from '../examples/instances.ts'
import { nobody } from '../examples/nobody.ts'
import type { FilterValue } from '../filters.ts'
import { applyFilters, filterParameter } from '../filters.ts'
import { forgetTerminated } from '../instance-states.ts'
import { operation } from '../operation.ts'
import { pageOf, refuseIdsWithPages } from '../paging.ts'
import { boolean, integer, list, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import type { Instance } from '../resources/instance.ts'
import { instances, instanceState, stateCodes, stateView } from '../resources/instance.ts'
import { stateOf } from '../resources/lifecycle.ts'
import type { Region } from '../store.ts'
import type { Xml } from '../wire/xml.ts'
import { dateText } from '../wire/xml.ts'
import { zoneId } from '../zone-id.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html */
export const describeInstanceStatus = operation({
  name: 'DescribeInstanceStatus',
  parameters: {
    InstanceId: list(idOf(instances)),
    IncludeAllInstances: boolean(),
    IncludeManagedResources: boolean(),
    Filter: filterParameter,
    MaxResults: integer(),
    NextToken: text(),
  },
  errors: ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed', 'InvalidParameterCombination'],
  looks: true,
  run({ InstanceId, IncludeAllInstances: all = false, Filter, MaxResults, NextToken }, { region }) {
    refuseIdsWithPages(InstanceId, MaxResults)
    forgetTerminated(region)
    const there = InstanceId.length > 0 ? region.of(instances).demandAll(InstanceId) : region.of(instances).all()
    const shown = all ? there : there.filter((each) => instanceState(each, region) === 'running')
    const page = pageOf(applyFilters(shown, Filter, filters, region), {
      size: MaxResults,
      token: NextToken,
      limits: { min: 5, max: 1_000 },
    })
    return { instanceStatusSet: page.items.map((each) => view(each, region)), nextToken: page.nextToken }
  },
  examples: [
    {
      title: 'one that has just begun to run',
      before: [runOne, { advanceMs: 30_000 }],
      given: { 'InstanceId.1': theInstance },
      answers: {
        'instanceStatusSet.0.instanceState.name': 'running',
        'instanceStatusSet.0.instanceStatus.status': 'initializing',
        'instanceStatusSet.0.instanceStatus.details.0.status': 'initializing',
      },
    },
    {
      title: 'one that has passed its checks',
      before: [runOne, { advanceMs: 300_000 }],
      answers: {
        'instanceStatusSet.0.systemStatus.status': 'ok',
        'instanceStatusSet.0.instanceStatus.details.0.status': 'passed',
        'instanceStatusSet.0.eventsSet.0.code': undefined,
      },
    },
    { title: 'none runs yet', before: [runOne], answers: { 'instanceStatusSet.0.instanceId': undefined } },
    {
      title: 'one that does not run yet, told all the same',
      before: [runOne],
      given: { IncludeAllInstances: 'true', 'Filter.1.Name': 'instance-state-name', 'Filter.1.Value.1': 'pending' },
      answers: { 'instanceStatusSet.0.systemStatus.status': 'not-applicable' },
    },
    {
      title: 'one that is to be retired, by the fault plan',
      clock: 'instant',
      faults: [{ operation: 'RunInstances', fault: 'instance-retires' }],
      before: [runOne],
      given: { 'Filter.1.Name': 'event.code', 'Filter.1.Value.1': 'instance-retirement' },
      answers: { 'instanceStatusSet.0.eventsSet.0.code': 'instance-retirement' },
    },
    refusedInstances.unknown,
    refusedInstances.malformed,
    {
      title: 'ids and pages together',
      given: { 'InstanceId.1': nobody.instance, MaxResults: '5' },
      answers: 'InvalidParameterCombination',
    },
  ],
})

/** Checks are of running instances only. */
function statusOf(instance: Instance, region: Region): 'ok' | 'initializing' | 'not-applicable' {
  return instanceState(instance, region) === 'running' ? stateOf(region, instance.checks) : 'not-applicable'
}

function view(instance: Instance, region: Region): Xml {
  const status = statusOf(instance, region)
  const reachability = status === 'ok' ? 'passed' : status
  const check: Xml =
    status === 'not-applicable' ? { status } : { status, details: [{ name: 'reachability', status: reachability }] }
  return {
    instanceId: instance.id,
    availabilityZone: instance.zone,
    availabilityZoneId: zoneId(instance.zone, region),
    instanceState: stateView(instanceState(instance, region)),
    systemStatus: check,
    instanceStatus: check,
    attachedEbsStatus: check,
    eventsSet:
      instance.events.length === 0
        ? undefined
        : instance.events.map(({ id, code, description, notBefore }) => ({
            instanceEventId: id,
            code,
            description,
            notBefore,
          })),
  }
}

const reachability = (instance: Instance, region: Region): FilterValue => {
  const status = statusOf(instance, region)
  return status === 'ok' ? 'passed' : status === 'initializing' ? status : undefined
}

const filters: Readonly<Record<string, (instance: Instance, region: Region) => FilterValue>> = {
  'attached-ebs-status.status': statusOf,
  'availability-zone': ({ zone }) => zone,
  'availability-zone-id': ({ zone }, region) => zoneId(zone, region),
  'event.code': ({ events }) => events.map(({ code }) => code),
  'event.description': ({ events }) => events.map(({ description }) => description),
  'event.instance-event-id': ({ events }) => events.map(({ id }) => id),
  'event.not-after': () => undefined,
  'event.not-before': ({ events }) => events.map(({ notBefore }) => dateText(notBefore)),
  'event.not-before-deadline': () => undefined,
  'instance-state-code': (instance, region) => stateCodes[instanceState(instance, region)],
  'instance-state-name': instanceState,
  'instance-status.reachability': reachability,
  'instance-status.status': statusOf,
  'operator.managed': () => false,
  'operator.principal': () => undefined,
  'system-status.reachability': reachability,
  'system-status.status': statusOf,
}
