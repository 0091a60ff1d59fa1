import type { Ec2Error } from '../errors.ts'
import { ec2Error } from '../errors.ts'
import { refusedInstances, runOne, theInstance } from '../examples/instances.ts'
import { changeView, forgetTerminated, terminate } from '../instance-states.ts'
import { operation } from '../operation.ts'
import { boolean, list } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { instances, instanceState, lookingAtMany } from '../resources/instance.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html */
export const terminateInstances = operation({
  name: 'TerminateInstances',
  parameters: { InstanceId: list(idOf(instances)), Force: boolean(), SkipOsShutdown: boolean() },
  errors: [
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
    'InvalidParameterCombination',
    'OperationNotPermitted',
  ],
  run({ InstanceId }, { region }) {
    if (InstanceId.length === 0) throw ec2Error('InvalidParameterCombination', 'No instances specified')
    forgetTerminated(region)
    const wanted = region.of(instances).demandAll(InstanceId)
    const guarded = wanted.filter(
      (instance) => instance.disableApiTermination && instanceState(instance, region) !== 'terminated',
    )
    // A protected instance keeps those of its own zone alive with it, and no others.
    const zones = new Set(guarded.map(({ zone }) => zone))
    const changes = lookingAtMany(region, () =>
      wanted.flatMap((instance) => {
        if (zones.has(instance.zone)) return []
        const before = instanceState(instance, region)
        if (before !== 'shutting-down' && before !== 'terminated') terminate(instance, region)
        return [changeView(instance, before, region)]
      }),
    )
    if (guarded[0] !== undefined) throw protectedFromTermination(guarded[0].id)
    return { instancesSet: changes }
  },
  examples: [
    {
      title: 'one that runs',
      clock: 'instant',
      before: [runOne],
      given: { 'InstanceId.1': theInstance },
      answers: {
        'instancesSet.0.currentState.name': 'shutting-down',
        'instancesSet.0.currentState.code': '32',
        'instancesSet.0.previousState.name': 'running',
      },
    },
    {
      title: 'again: nothing more happens',
      clock: 'instant',
      before: [runOne, { action: 'TerminateInstances', given: { 'InstanceId.1': theInstance } }],
      given: { 'InstanceId.1': theInstance },
      answers: { 'instancesSet.0.currentState.name': 'terminated', 'instancesSet.0.previousState.name': 'terminated' },
    },
    {
      title: 'one that is protected',
      before: [{ ...runOne, given: { ...runOne.given, DisableApiTermination: 'true' } }],
      given: { 'InstanceId.1': theInstance },
      answers: 'OperationNotPermitted',
    },
    { title: 'none', answers: 'InvalidParameterCombination' },
    refusedInstances.unknown,
    refusedInstances.malformed,
  ],
})

function protectedFromTermination(id: string): Ec2Error {
  return ec2Error(
    'OperationNotPermitted',
    `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
  )
}
