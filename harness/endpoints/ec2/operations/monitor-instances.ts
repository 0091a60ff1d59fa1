import { operation } from '../operation.ts'
import { list, required } from '../parameters.ts'
import { instances } from '../resources/instance.ts'
import { nobody, runOne, theInstance } from '../steps.ts'
import { idOf } from '../store.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_MonitorInstances.html */
export const monitorInstances = operation({
  name: 'MonitorInstances',
  parameters: { InstanceId: required(list(idOf(instances))) },
  errors: ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed'],
  run({ InstanceId }, { region }) {
    return {
      instancesSet: region
        .of(instances)
        .demandAll(InstanceId)
        .map((instance) => {
          const state = instance.monitoring === 'enabled' ? 'enabled' : 'pending'
          instance.monitoring = 'enabled'
          return { instanceId: instance.id, monitoring: { state } }
        }),
    }
  },
  examples: [
    {
      title: 'one that is the other way',
      before: [{ ...runOne, given: { ...runOne.given, 'Monitoring.Enabled': 'false' } }],
      given: { 'InstanceId.1': theInstance },
      answers: { 'instancesSet.0.monitoring.state': 'pending' },
    },
    {
      title: 'one that is so already',
      before: [{ ...runOne, given: { ...runOne.given, 'Monitoring.Enabled': 'true' } }],
      given: { 'InstanceId.1': theInstance },
      answers: { 'instancesSet.0.monitoring.state': 'enabled' },
    },
    { title: 'one that there is not', given: { 'InstanceId.1': nobody }, answers: 'InvalidInstanceID.NotFound' },
    { title: 'what is no instance', given: { 'InstanceId.1': 'web-1' }, answers: 'InvalidInstanceID.Malformed' },
  ],
})
