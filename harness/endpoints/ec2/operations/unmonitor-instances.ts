import { refusedInstances, runOne, theInstance } from '../examples/instances.ts'
import { switchMonitoring } from '../monitoring.ts'
import { operation } from '../operation.ts'
import { list, required } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { instances } from '../resources/instance.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnmonitorInstances.html */
export const unmonitorInstances = operation({
  name: 'UnmonitorInstances',
  parameters: { InstanceId: required(list(idOf(instances))) },
  errors: ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed'],
  run: ({ InstanceId }, { region }) => ({
    instancesSet: switchMonitoring(region.of(instances).demandAll(InstanceId), 'disabled'),
  }),
  examples: [
    {
      title: 'one that is the other way',
      before: [{ ...runOne, given: { ...runOne.given, 'Monitoring.Enabled': 'true' } }],
      given: { 'InstanceId.1': theInstance },
      answers: { 'instancesSet.0.monitoring.state': 'disabling' },
    },
    {
      title: 'one that is so already',
      before: [{ ...runOne, given: { ...runOne.given, 'Monitoring.Enabled': 'false' } }],
      given: { 'InstanceId.1': theInstance },
      answers: { 'instancesSet.0.monitoring.state': 'disabled' },
    },
    refusedInstances.unknown,
    refusedInstances.malformed,
  ],
})
