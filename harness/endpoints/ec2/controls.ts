import type { EndpointMachine } from '../core/index.ts'
import { instanceFacts } from './instance-facts.ts'
import { instances } from './resources/instance.ts'
import type { World } from './store.ts'

/** What the control channel of EC2 has besides the common paths: the facts that metadata shows to an instance. */
export function controls(world: World): NonNullable<EndpointMachine['controls']> {
  return {
    'GET instances'(id) {
      for (const namespace of world.namespaces()) {
        for (const region of namespace.regions()) {
          const found = id === '' ? undefined : region.of(instances).get(id)
          if (found !== undefined) return instanceFacts(found, region)
        }
      }
      return undefined
    },
  }
}
