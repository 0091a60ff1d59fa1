import { endpointKind } from '../core/index.ts'
import { loadCloudMethods } from './cloud/cloud.ts'
import { cloudErrors } from './cloud/errors.ts'
import { DeviceProtocol } from './devices/protocol.ts'
import { effectNames } from './effects.ts'
import { mendRequestLine } from './front.ts'
import { localOperations } from './local/local.ts'
import { createTplink } from './machine.ts'
import { tplinkSeed } from './seed.ts'

/**
 * TP-Link's cloud for Kasa devices, and the devices themselves.
 *
 *     POST / {method, params}  --> cloud/      accounts, tokens, methods/ one a file --passthrough--> devices/
 *     POST /api/v2/...         -->                                                                      ^
 *     TCP, UDP 9999            --> local/      cipher, frames ------------------------------------------/
 *
 * A device understands modules (`devices/modules/`, one a file) with methods; both ways carry the same requests.
 */
export const kind = endpointKind({
  id: 'tplink',
  title: 'TP-Link cloud and local protocol',
  origins: [/https?:\/\/(?:n-)?(?:[a-z]+\d?-)?wap(?:-gw)?\.(?:i\.)?tplinkcloud\.com/],
  seed: tplinkSeed,
  async vocabulary() {
    const [methods, protocol] = await Promise.all([loadCloudMethods(), DeviceProtocol.load()])
    return {
      operations: [...methods.keys(), ...protocol.operations, ...Object.values(localOperations)],
      faults: [...Object.keys(cloudErrors), ...effectNames],
    }
  },
  create: createTplink,
  mendRequestLine,
})
