import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import type { Xml } from '../wire/xml.ts'
import type { Lifecycle } from './lifecycle.ts'
import { stateOf } from './lifecycle.ts'

/** Codes of the API reference, InstanceState. */
export const stateCodes = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
} as const
export type InstanceState = keyof typeof stateCodes

export interface MetadataOptions {
  httpTokens: 'optional' | 'required'
  httpEndpoint: 'enabled' | 'disabled'
  httpPutResponseHopLimit: number
  httpProtocolIpv6: 'enabled' | 'disabled'
  instanceMetadataTags: 'enabled' | 'disabled'
}

export interface IamProfile {
  /** `iip-assoc-...` */
  readonly associationId: string
  readonly arn: string
  readonly id: string
  readonly since: Date
  readonly life: Lifecycle<'associating' | 'associated'>
}

export interface InstanceEvent {
  readonly id: string
  readonly code: 'instance-reboot' | 'system-reboot' | 'system-maintenance' | 'instance-retirement' | 'instance-stop'
  readonly description: string
  readonly notBefore: Date
}

export interface InstancePlacement {
  readonly groupName: string | undefined
  readonly groupId: string | undefined
  readonly hostId: string | undefined
  readonly affinity: string | undefined
  readonly partitionNumber: number | undefined
}

export interface Instance {
  readonly id: string
  readonly reservationId: string
  readonly imageId: string
  type: string
  readonly keyName: string | undefined
  readonly launchIndex: number
  launchTime: Date
  readonly zone: string
  readonly subnetId: string
  readonly vpcId: string
  tenancy: string
  life: Lifecycle<InstanceState>
  /** Why it last left running, in the service's words. */
  stateReason: { readonly code: string; readonly message: string } | undefined
  transitionReason: string
  monitoring: 'disabled' | 'enabled'
  sourceDestCheck: boolean
  ebsOptimized: boolean
  disableApiTermination: boolean
  disableApiStop: boolean
  shutdownBehavior: 'stop' | 'terminate'
  /** Base64. */
  userData: string | undefined
  readonly rootDevice: string
  readonly clientToken: string | undefined
  kernelId: string | undefined
  ramdiskId: string | undefined
  iamProfile: IamProfile | undefined
  readonly metadata: MetadataOptions
  cpuCredits: string | undefined
  readonly lifecycle: 'spot' | undefined
  hibernation: boolean
  cpu: { readonly coreCount: number; readonly threadsPerCore: number }
  /** Of its two status checks, since it was started. */
  checks: Lifecycle<'initializing' | 'ok'>
  /** What the service has planned for it. */
  events: readonly InstanceEvent[]
  placement: InstancePlacement
  /** It gets a public address of the service's own whenever it is started. */
  readonly autoPublicIp: boolean
  rebootedAt: Date | undefined
}

export const instances = resourceKind<Instance>({
  name: 'instance',
  prefix: 'i',
  notFound: 'InvalidInstanceID.NotFound',
  malformed: 'InvalidInstanceID.Malformed',
})

export function instanceState(instance: Instance, region: Region): InstanceState {
  return stateOf(region, instance.life)
}

/** How it pays for bursts: types of the T family differ in what they do unless told. */
export function creditsOf({ cpuCredits, type }: Instance): string {
  return cpuCredits ?? (/^t[3-9]/.test(type) ? 'unlimited' : 'standard')
}

export function stateView(state: InstanceState): Xml {
  return { code: stateCodes[state], name: state }
}

/** What belongs to it has a file of its own; whoever works on instances finds it here too. */
export type { MappedDevice } from './instance-belongings.ts'
export {
  devicesOf,
  elasticIpOf,
  elasticIpsOf,
  interfacesOf,
  lookingAtMany,
  publicAddressOf,
} from './instance-belongings.ts'
