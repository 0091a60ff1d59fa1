import { z } from 'zod'
import { parseInput } from '../../input/index.ts'
import type { EndpointMachine, EndpointParts } from '../core/index.ts'
import { Ids } from '../core/index.ts'
import { Accounts } from './cloud/accounts.ts'
import { Cloud, loadCloudMethods } from './cloud/cloud.ts'
import { Device } from './devices/device.ts'
import { DeviceProtocol } from './devices/protocol.ts'
import { LocalNetwork } from './local/local.ts'
import type { AccountSeed, TplinkSeed } from './seed.ts'

/** Somebody at the device: presses its button, pulls its plug, takes away its network. */
const byHand = z.strictObject({
  relayState: z.union([z.literal(0), z.literal(1)]).optional(),
  online: z.boolean().optional(),
})

/** The cloud and the local network, around the same devices. */
export async function createTplink(parts: EndpointParts<TplinkSeed>): Promise<EndpointMachine> {
  const { seed, clock } = parts
  const [methods, protocol] = await Promise.all([loadCloudMethods(), DeviceProtocol.load()])
  const accounts = new Accounts(seed, clock, new Ids(parts.random))
  const made = (account: AccountSeed): Device[] =>
    account.devices.map((device) => new Device(device, account.email, account.region, clock))
  const byAccount = new Map(seed.accounts.map((account) => [account, made(account)]))
  const devices = (): Device[] => [...byAccount.values()].flat()
  const cloud = new Cloud(parts, { accounts, devices }, methods, protocol)
  const local = new LocalNetwork(parts, protocol, (id) => devices().find((device) => device.id === id))
  return {
    answer: (request) => cloud.answer(request),
    reset(namespace) {
      const reset = seed.accounts.filter(
        ({ email }) => namespace === undefined || email.toLowerCase() === namespace.toLowerCase(),
      )
      for (const account of reset) {
        accounts.reset(account)
        byAccount.set(account, made(account))
      }
      return reset.length > 0
    },
    controls: {
      'GET devices': () => ({ devices: devices().map(shown) }),
      'POST devices': (rest, body) => {
        const device = devices().find(({ id, alias }) => id === rest || alias === decodeURIComponent(rest))
        if (device === undefined) return undefined
        const { relayState, online } = parseInput(byHand, body ?? {}, 'devices')
        if (relayState !== undefined) {
          for (const outlet of device.outlets) outlet.switchTo(relayState === 1, clock.now())
        }
        if (online !== undefined) device.online = online
        return shown(device)
      },
      'POST expire': (rest) => {
        const email = decodeURIComponent(rest)
        return accounts.find(email) === undefined ? undefined : { expired: accounts.expire(email) }
      },
    },
    ...(devices().some((device) => device.seed.local !== undefined) && {
      listen: async () => local.listen(devices()),
    }),
  }
}

function shown(device: Device): Readonly<Record<string, unknown>> {
  device.settle()
  return {
    deviceId: device.id,
    alias: device.alias,
    model: device.modelName,
    account: device.owner ?? null,
    region: device.region,
    online: device.online,
    ...(device.model.kind === 'strip'
      ? { children: device.outlets.map(({ id, alias, on }) => ({ id, alias, relayState: on ? 1 : 0 })) }
      : { relayState: device.first.on ? 1 : 0 }),
    ...(device.light !== undefined && { light: device.light }),
  }
}
