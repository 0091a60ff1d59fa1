import { ec2Error } from '../errors.ts'
import { refusedInstances, runOne, theInstance } from '../examples/instances.ts'
import { changeView, stop } from '../instance-states.ts'
import { operation } from '../operation.ts'
import { boolean, list, required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import type { Instance, InstanceState } from '../resources/instance.ts'
import { instances, instanceState, lookingAtMany } from '../resources/instance.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html */
export const stopInstances = operation({
  name: 'StopInstances',
  parameters: {
    InstanceId: required(list(idOf(instances))),
    Hibernate: boolean(),
    SkipOsShutdown: boolean(),
    Force: boolean(),
  },
  errors: [
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
    'IncorrectInstanceState',
    'OperationNotPermitted',
    'UnsupportedOperation',
    'UnsupportedHibernationConfiguration',
  ],
  run({ InstanceId, Hibernate: hibernate = false }, { region }) {
    const wanted = region.of(instances).demandAll(InstanceId)
    const states = wanted.map((instance) => instanceState(instance, region))
    for (const [index, instance] of wanted.entries()) check(instance, states[index] ?? 'running', hibernate)
    return {
      instancesSet: lookingAtMany(region, () =>
        wanted.map((instance, index) => {
          const before = states[index] ?? 'running'
          if (before === 'running') stop(instance, region)
          return changeView(instance, before, region)
        }),
      ),
    }
  },
  examples: [
    {
      title: 'one that runs',
      clock: 'instant',
      before: [runOne],
      given: { 'InstanceId.1': theInstance },
      answers: { 'instancesSet.0.currentState.name': 'stopping', 'instancesSet.0.previousState.name': 'running' },
    },
    {
      title: 'one that is stopped already, by force: nothing happens',
      clock: 'instant',
      before: [runOne, { action: 'StopInstances', given: { 'InstanceId.1': theInstance } }],
      given: { 'InstanceId.1': theInstance, Force: 'true' },
      answers: { 'instancesSet.0.currentState.code': '80' },
    },
    {
      title: 'one that may hibernate',
      clock: 'instant',
      before: [{ ...runOne, given: { ...runOne.given, 'HibernationOptions.Configured': 'true' } }],
      given: { 'InstanceId.1': theInstance, Hibernate: 'true' },
      answers: { 'instancesSet.0.currentState.name': 'stopping' },
    },
    {
      title: 'one that may not hibernate',
      clock: 'instant',
      before: [runOne],
      given: { 'InstanceId.1': theInstance, Hibernate: 'true' },
      answers: 'UnsupportedHibernationConfiguration',
    },
    {
      title: 'one that is still pending',
      before: [runOne],
      given: { 'InstanceId.1': theInstance },
      answers: 'IncorrectInstanceState',
    },
    {
      title: 'one that is protected from being stopped',
      clock: 'instant',
      before: [{ ...runOne, given: { ...runOne.given, DisableApiStop: 'true' } }],
      given: { 'InstanceId.1': theInstance },
      answers: 'OperationNotPermitted',
    },
    {
      title: 'a spot instance of a request for one time',
      clock: 'instant',
      before: [{ ...runOne, given: { ...runOne.given, 'InstanceMarketOptions.MarketType': 'spot' } }],
      given: { 'InstanceId.1': theInstance },
      answers: 'UnsupportedOperation',
    },
    refusedInstances.unknown,
    refusedInstances.malformed,
  ],
})

function check(instance: Instance, state: InstanceState, hibernate: boolean): void {
  if (!['running', 'stopping', 'stopped'].includes(state)) {
    throw ec2Error(
      'IncorrectInstanceState',
      `This instance '${instance.id}' is not in a state from which it can be stopped.`,
    )
  }
  if (instance.disableApiStop) {
    throw ec2Error(
      'OperationNotPermitted',
      `The instance '${instance.id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
    )
  }
  if (instance.lifecycle === 'spot') {
    throw ec2Error(
      'UnsupportedOperation',
      `You can't stop the Spot Instance '${instance.id}' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests.`,
    )
  }
  if (hibernate && !instance.hibernation) throw ec2Error('UnsupportedHibernationConfiguration', instance.id)
}
