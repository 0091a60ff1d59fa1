import { runOne, theInstance } from '../examples/instances.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { list, required, structure, text } from '../parameters.ts'
import { instances } from '../resources/instance.ts'
import type { Xml } from '../wire/xml.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceCreditSpecification.html */
export const modifyInstanceCreditSpecification = operation({
  name: 'ModifyInstanceCreditSpecification',
  parameters: {
    ClientToken: text({ max: 64 }),
    InstanceCreditSpecification: required(
      list(structure({ InstanceId: required(text()), CpuCredits: text({ oneOf: ['standard', 'unlimited'] }) })),
    ),
  },
  errors: ['MissingParameter'],
  run({ InstanceCreditSpecification }, { region }) {
    const [done, refused]: [Xml[], Xml[]] = [[], []]
    for (const { InstanceId: instanceId, CpuCredits } of InstanceCreditSpecification) {
      const instance = region.of(instances).get(instanceId)
      const burstable = instance !== undefined && /^t\d/.test(instance.type)
      if (burstable) {
        instance.cpuCredits = CpuCredits ?? instance.cpuCredits
        done.push({ instanceId })
        continue
      }
      // What could not be done is told in the answer, and is no error of the request.
      const error =
        instance === undefined
          ? { code: 'InvalidInstanceID.NotFound', message: `The instance ID '${instanceId}' does not exist` }
          : {
              code: 'InstanceCreditSpecification.NotSupported',
              message: `The instance type '${instance.type}' does not support CPU credits.`,
            }
      refused.push({ instanceId, error })
    }
    return {
      successfulInstanceCreditSpecificationSet: done,
      unsuccessfulInstanceCreditSpecificationSet: refused,
    }
  },
  examples: [
    {
      title: 'one that has credits and one that there is not',
      before: [{ ...runOne, given: { ...runOne.given, InstanceType: 't3.micro' } }],
      given: {
        'InstanceCreditSpecification.1.InstanceId': theInstance,
        'InstanceCreditSpecification.1.CpuCredits': 'standard',
        'InstanceCreditSpecification.2.InstanceId': nobody.instance,
        'InstanceCreditSpecification.2.CpuCredits': 'standard',
      },
      answers: {
        'successfulInstanceCreditSpecificationSet.0.instanceId': theInstance,
        'unsuccessfulInstanceCreditSpecificationSet.0.error.code': 'InvalidInstanceID.NotFound',
      },
    },
    { title: 'none', answers: 'MissingParameter' },
  ],
})
