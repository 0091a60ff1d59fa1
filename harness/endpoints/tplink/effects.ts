const isCommand = (operation: string): boolean => operation.includes('.')
const isOneOf =
  (...operations: readonly string[]) =>
  (operation: string): boolean =>
    operations.includes(operation)

/** Faults that change what a request does, in place of its answer, and the operations that they can change. */
const effects: Readonly<Record<string, (operation: string) => boolean>> = {
  /** Switching succeeds, and nothing is switched. */
  'relay-stuck': isOneOf('system.set_relay_state', 'lighting.transition_light_state', 'lighting.set_light_state'),
  /** The relay is shown as it was before. */
  'stale-sysinfo': isOneOf('system.get_sysinfo'),
  /** The device answers "invalid argument" inside an answer that the cloud calls a success. */
  'command-refused': isCommand,
  /** The account has no devices for once. */
  'empty-list': isOneOf('getDeviceList', 'getDeviceListByPage'),
}

export const effectNames: readonly string[] = Object.keys(effects)

/** The effects that would change nothing about a request of these operations. */
export function effectsSparing(operations: readonly string[]): string[] {
  return effectNames.filter((name) => !operations.some((operation) => effects[name]?.(operation)))
}
