/**
 * Error codes of devices, in the words of their firmware. Plugs and switches count from -1; bulbs have codes of their
 * own. "neccesary" is the firmware's spelling.
 */
export const deviceErrors = {
  'module not support': -1,
  'member not support': -2,
  'invalid argument': -3,
  'table is full': -10,
  'entry not exist': -14,
  'Method not support': -2000,
  'Module not support': -2001,
  "Device hasn't bound to any account yet": -4002,
  'Invalid input argument': -10000,
  'Missing neccesary argument': -10002,
} as const

export type DeviceErrorMessage = keyof typeof deviceErrors

/** Ends one method of a request; the others go on. */
export class DeviceError extends Error {
  readonly says: DeviceErrorMessage

  constructor(says: DeviceErrorMessage) {
    super(says)
    this.name = 'DeviceError'
    this.says = says
  }
}
