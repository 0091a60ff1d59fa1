import type { JobKind, StandardFault } from './kind.ts'
import { plainRequest } from './kind.ts'

const passing = /^passthrough$/
const once = { call: 1 } as const

const faults: readonly StandardFault[] = [
  {
    name: 'rate-limited',
    says: 'two requests are answered with -20004 (too many)',
    strikes: [{ on: '*', fault: 'rate-limited', from: 2, times: 2 }],
  },
  { name: 'server-busy', says: 'the cloud is busy (-20003)', strikes: [{ on: /^login$/, fault: 'server-busy' }] },
  {
    name: 'token-expired',
    says: 'the token has expired (-20651)',
    strikes: [{ on: passing, fault: 'token-expired', ...once }],
  },
  {
    name: 'device-offline',
    says: 'the device is offline (-20571)',
    strikes: [{ on: passing, fault: 'device-offline' }],
  },
  {
    name: 'no-devices',
    says: 'the account has no devices',
    strikes: [{ on: /^getDeviceList/, fault: 'empty-list' }],
  },
  {
    name: 'relay-stuck',
    says: 'switching is answered with success, and nothing is switched',
    strikes: [{ on: passing, fault: 'relay-stuck' }],
  },
  {
    name: 'command-refused',
    says: 'the device refuses inside an answer that the cloud calls a success',
    strikes: [{ on: passing, fault: 'command-refused', ...once }],
  },
  {
    name: 'answer-lost',
    says: 'the first command is carried out and its answer is lost',
    strikes: [{ on: passing, fault: 'reset', executed: true, ...once }],
  },
  {
    name: 'reset',
    says: 'the first command is cut off before it is carried out',
    strikes: [{ on: passing, fault: 'reset', executed: false, ...once }],
  },
  {
    name: 'half-a-body',
    says: 'half of the first answer of each operation arrives',
    strikes: [{ on: /./, fault: 'half-body', ...once }],
  },
  { name: 'slow', says: 'every answer comes 150 ms late', strikes: [{ on: '*', fault: 'slow', delayMs: 150 }] },
  {
    name: 'silence',
    says: 'the first command is carried out and never answered',
    strikes: [{ on: passing, fault: 'timeout', ...once }],
  },
]

/** The cloud of TP-Link. What is at its devices, the mock itself tells: /_seatrial/devices. */
export const tplink: JobKind = {
  environment: (url) => ({ TPLINK_KASA_API_URL: url }),
  request: (ask) => plainRequest(ask),
  faults,
  inventory: [],
}
