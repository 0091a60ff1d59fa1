import type { Example, Step } from '../operation.ts'
import { nobody } from './nobody.ts'

/** An instance of the first image in the default subnet of us-east-1a, kept as `run`. */
export const runOne: Step = {
  action: 'RunInstances',
  given: { ImageId: 'ami-0a1b2c3d4e5f60001', MinCount: '1', MaxCount: '1' },
  as: 'run',
}
export const theInstance = '$run.instancesSet.0.instanceId'

/** A profile for `runOne`, kept as `profile`. */
export const profileOfTheInstance: Step = {
  action: 'AssociateIamInstanceProfile',
  given: { InstanceId: theInstance, 'IamInstanceProfile.Name': 'web' },
  as: 'profile',
}

/** What every operation on a list of instances refuses. */
export const refusedInstances = {
  unknown: {
    title: 'one that there is not',
    given: { 'InstanceId.1': nobody.instance },
    answers: 'InvalidInstanceID.NotFound',
  },
  malformed: {
    title: 'what is no instance',
    given: { 'InstanceId.1': 'web-1' },
    answers: 'InvalidInstanceID.Malformed',
  },
} as const satisfies Readonly<Record<string, Example>>

/** What every operation on an attribute of one instance refuses. */
export const refusedAttributes = {
  unknown: {
    title: 'of one that there is not',
    given: { InstanceId: nobody.instance, Attribute: 'kernel' },
    answers: 'InvalidInstanceID.NotFound',
  },
  malformed: {
    title: 'of what is no instance',
    given: { InstanceId: 'web-1', Attribute: 'kernel' },
    answers: 'InvalidInstanceID.Malformed',
  },
} as const satisfies Readonly<Record<string, Example>>
