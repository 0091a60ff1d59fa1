import { ec2Error } from '../errors.ts'
import { refusedInstances, runOne, theInstance } from '../examples/instances.ts'
import { operation } from '../operation.ts'
import { list, required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { instances, instanceState } from '../resources/instance.ts'
import { going } from '../resources/lifecycle.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RebootInstances.html */
export const rebootInstances = operation({
  name: 'RebootInstances',
  parameters: { InstanceId: required(list(idOf(instances))) },
  errors: ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed', 'IncorrectInstanceState'],
  run({ InstanceId }, { region }) {
    const wanted = region.of(instances).demandAll(InstanceId)
    const wrong = wanted.find((each) => ['stopping', 'stopped'].includes(instanceState(each, region)))
    if (wrong !== undefined) {
      throw ec2Error(
        'IncorrectInstanceState',
        `This instance '${wrong.id}' is not in a state from which it can be rebooted.`,
      )
    }
    for (const instance of wanted) {
      // Requests to reboot terminated instances are ignored.
      if (instanceState(instance, region) !== 'running') continue
      instance.rebootedAt = region.now()
      instance.checks = going(region, 'initializing', 'ok', 'instance-checks', 140_000)
    }
    return { return: true }
  },
  examples: [
    {
      title: 'one that runs, which stays running',
      clock: 'instant',
      before: [runOne],
      given: { 'InstanceId.1': theInstance },
      answers: { return: 'true' },
    },
    {
      title: 'one that is stopped',
      clock: 'instant',
      before: [runOne, { action: 'StopInstances', given: { 'InstanceId.1': theInstance } }],
      given: { 'InstanceId.1': theInstance },
      answers: 'IncorrectInstanceState',
    },
    refusedInstances.unknown,
    refusedInstances.malformed,
  ],
})
