import type { Transition } from '../core/index.ts'
import { ec2Error } from './errors.ts'
import { addresses } from './resources/address.ts'
import type { Instance, InstanceEvent, InstanceState } from './resources/instance.ts'
import {
  devicesOf,
  elasticIpOf,
  elasticIpsOf,
  instances,
  instanceState,
  interfacesOf,
  stateView,
} from './resources/instance.ts'
import { going, settled, stateOf } from './resources/lifecycle.ts'
import type { Lifecycle } from './resources/lifecycle.ts'
import { networkInterfaces, newPublicAddress, releaseAddress } from './resources/network-interface.ts'
import { subnets } from './resources/subnet.ts'
import type { AttachmentState } from './resources/volume.ts'
import { attachmentsOf, volumes } from './resources/volume.ts'
import type { Region } from './store.ts'
import type { Xml } from './wire/xml.ts'

/**
 * How instances go from state to state:
 *
 *     pending --> running <--> stopping --> stopped
 *                    \------> shutting-down --> terminated --an hour--> gone
 */
const terminatedIsShownMs = 3_600_000

/** The beginning of a life that ends in running, unless the fault plan wants otherwise. */
export function beginning(region: Region, effect: string | undefined): Pick<Instance, 'life' | 'checks'> {
  const life =
    effect === 'instance-stalls'
      ? settled<InstanceState>('pending')
      : going<InstanceState>(
          region,
          'pending',
          effect === 'instance-terminates' ? 'terminated' : 'running',
          'instance-start',
          20_000,
        )
  return { life, checks: going(region, 'initializing', 'ok', 'instance-checks', 140_000) }
}

export function start(instance: Instance, region: Region, effect: string | undefined): void {
  Object.assign(instance, beginning(region, effect))
  instance.launchTime = region.now()
  instance.stateReason = undefined
  instance.transitionReason = ''
  const [primary] = interfacesOf(instance, region)
  if (primary !== undefined && instance.autoPublicIp && elasticIpOf(primary, region) === undefined) {
    primary.publicIp = newPublicAddress(region)
  }
  if (effect === 'instance-terminates') failedToStart(instance, region)
}

/** A launch or a start that ends in terminated, as with an encrypted volume whose key nobody may use. */
export function failedToStart(instance: Instance, region: Region): void {
  instance.stateReason = {
    code: 'Server.InternalError',
    message: 'Server.InternalError: Internal error on launch',
  }
  instance.transitionReason = 'Server.InternalError'
  if (instance.life.transition !== undefined) dismantle(instance, region, instance.life.transition)
}

export function stop(instance: Instance, region: Region): void {
  instance.life = going<InstanceState>(region, 'stopping', 'stopped', 'instance-stop', 30_000)
  byUser(instance, region, 'Client.UserInitiatedShutdown', 'User initiated shutdown')
  // What the service gave for the run goes back to it; an elastic address stays.
  for (const nic of interfacesOf(instance, region)) nic.publicIp = undefined
}

export function terminate(instance: Instance, region: Region): void {
  const life = going<InstanceState>(region, 'shutting-down', 'terminated', 'instance-termination', 30_000)
  instance.life = life
  byUser(instance, region, 'Client.UserInitiatedShutdown', 'User initiated shutdown')
  if (life.transition !== undefined) dismantle(instance, region, life.transition)
}

function byUser(instance: Instance, region: Region, code: string, why: string): void {
  const at = region.now().toISOString().slice(0, 19).replace('T', ' ')
  instance.stateReason = { code, message: `${code}: ${why}` }
  instance.transitionReason = `User initiated (${at} GMT)`
}

/** What becomes of its volumes, interfaces and addresses when the transition to terminated is over. */
function dismantle(instance: Instance, region: Region, ending: Transition): void {
  for (const { volumeId, attachment } of devicesOf(instance, region)) {
    // What was being detached before belongs to nobody any more.
    if (stateOf(region, attachment.life) === 'detaching') continue
    const volume = region.of(volumes).get(volumeId)
    const alone = volume === undefined || attachmentsOf(volume, region).length === 1
    if (attachment.deleteOnTermination && alone) region.of(volumes).removeAfter(volumeId, ending)
    attachment.life = { from: 'attached', to: 'detached', transition: ending } satisfies Lifecycle<AttachmentState>
  }
  for (const nic of interfacesOf(instance, region)) {
    for (const { allocationId } of elasticIpsOf(nic, region)) {
      const address = region.of(addresses).get(allocationId)
      if (address !== undefined) address.association = undefined
    }
    nic.publicIp = undefined
    if (nic.attachment?.deleteOnTermination === true) {
      region.of(networkInterfaces).removeAfter(nic.id, ending)
      for (const address of nic.privateIps) releaseAddress(region.of(subnets).get(nic.subnetId), address)
    } else {
      nic.attachment = undefined
    }
  }
  const queue = leaving.get(region) ?? []
  leaving.set(region, queue)
  queue.push({ id: instance.id, untilMs: region.clock.now() + terminatedIsShownMs })
}

/** The event of an instance whose host fails: two weeks from now. */
export function retirement(region: Region): InstanceEvent {
  return {
    id: `instance-event-0${region.ids.hex('instance-event', 16)}`,
    code: 'instance-retirement',
    description: 'The instance is running on degraded hardware',
    notBefore: new Date(region.clock.now() + 14 * 86_400_000),
  }
}

/** Terminated instances that are still shown, in the order in which they will be gone. */
const leaving = new WeakMap<Region, { readonly id: string; readonly untilMs: number }[]>()

/** Terminated instances disappear after about an hour (EC2 User Guide, "Instance lifecycle"). */
export function forgetTerminated(region: Region): void {
  const queue = leaving.get(region)
  if (queue === undefined) return
  const now = region.clock.now()
  const first = queue.findIndex(({ untilMs }) => untilMs >= now)
  for (const { id } of queue.splice(0, first === -1 ? queue.length : first)) region.of(instances).remove(id)
}

/** One item of what StartInstances and its like answer. */
export function changeView(instance: Instance, before: InstanceState, region: Region): Xml {
  return {
    instanceId: instance.id,
    currentState: stateView(instanceState(instance, region)),
    previousState: stateView(before),
  }
}

/** @throws Ec2Error IncorrectInstanceState unless it is stopped */
export function demandStopped(instance: Instance, region: Region): void {
  if (instanceState(instance, region) === 'stopped' || region.world.lenient) return
  throw ec2Error('IncorrectInstanceState', `The instance '${instance.id}' is not in the 'stopped' state.`)
}
