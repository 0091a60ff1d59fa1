import type { Instance } from './resources/instance.ts'
import type { Xml } from './wire/xml.ts'

/** What the answer says of one that was the other way until now. */
const underWay = { enabled: 'pending', disabled: 'disabling' } as const

/** Switches detailed monitoring on or off: at once, whatever the answer says of being under way. */
export function switchMonitoring(instances: readonly Instance[], to: keyof typeof underWay): Xml {
  return instances.map((instance) => {
    const state = instance.monitoring === to ? to : underWay[to]
    instance.monitoring = to
    return { instanceId: instance.id, monitoring: { state } }
  })
}
