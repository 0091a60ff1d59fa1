import { ec2Error } from '../errors.ts'
import { refusedInstances, runOne, theInstance } from '../examples/instances.ts'
import { changeView, start } from '../instance-states.ts'
import { operation } from '../operation.ts'
import { list, required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { instances, instanceState, lookingAtMany } from '../resources/instance.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartInstances.html */
export const startInstances = operation({
  name: 'StartInstances',
  parameters: { InstanceId: required(list(idOf(instances))), AdditionalInfo: text() },
  errors: ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed', 'IncorrectInstanceState'],
  run({ InstanceId }, { region, effect }) {
    const wanted = region.of(instances).demandAll(InstanceId)
    const states = wanted.map((instance) => instanceState(instance, region))
    const wrong = wanted.find((_, index) => !['stopped', 'pending', 'running'].includes(states[index] ?? ''))
    if (wrong !== undefined) {
      throw ec2Error(
        'IncorrectInstanceState',
        `The instance '${wrong.id}' is not in a state from which it can be started.`,
      )
    }
    return {
      instancesSet: lookingAtMany(region, () =>
        wanted.map((instance, index) => {
          const before = states[index] ?? 'stopped'
          if (before === 'stopped') start(instance, region, effect)
          return changeView(instance, before, region)
        }),
      ),
    }
  },
  examples: [
    {
      title: 'one that is stopped',
      clock: 'instant',
      before: [runOne, { action: 'StopInstances', given: { 'InstanceId.1': theInstance } }],
      given: { 'InstanceId.1': theInstance },
      answers: { 'instancesSet.0.currentState.name': 'pending', 'instancesSet.0.previousState.name': 'stopped' },
    },
    {
      title: 'one that runs already: nothing happens',
      clock: 'instant',
      before: [runOne],
      given: { 'InstanceId.1': theInstance },
      answers: { 'instancesSet.0.currentState.name': 'running', 'instancesSet.0.previousState.name': 'running' },
    },
    {
      title: 'one that ends in terminated, by the fault plan',
      clock: 'instant',
      faults: [{ operation: 'StartInstances', fault: 'instance-terminates' }],
      before: [runOne, { action: 'StopInstances', given: { 'InstanceId.1': theInstance } }],
      given: { 'InstanceId.1': theInstance },
      answers: { 'instancesSet.0.currentState.name': 'pending' },
    },
    {
      title: 'one that is still stopping',
      before: [runOne, { advanceMs: 60_000 }, { action: 'StopInstances', given: { 'InstanceId.1': theInstance } }],
      given: { 'InstanceId.1': theInstance },
      answers: 'IncorrectInstanceState',
    },
    refusedInstances.unknown,
    refusedInstances.malformed,
  ],
})
