import { rule } from '../../kernel/index.ts'
import { known } from '../live/live-host.ts'
import { bootup } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const portLiveSilent = rule({
  id: 'boot/port-live-silent',
  level: 'error',
  reference: bootup,
  says: ({ port }: { port: number }) => `After the boot nothing listens on port ${port}.`,
  wants: 'Each declared port is served after a boot.',
  remedy: 'Look at the service that should: whether it is enabled, and what it says in its journal.',
})

export const portLiveLoopback = rule({
  id: 'boot/port-live-loopback',
  level: 'error',
  reference: bootup,
  says: ({ port }: { port: number }) =>
    `Port ${port} was open to the network before the boot, and listens only on loopback afterwards.`,
  wants: 'What was reached before a boot is reached afterwards.',
  remedy: 'Put the address into the configuration: one that was given by hand is gone.',
})

/** Somebody listens on each declared port. */
export const portLive = liveCheck({
  id: 'boot/port-live',
  rules: [portLiveSilent, portLiveLoopback],
  applies: ({ declared }) => declared.ports.length > 0,
  *run(given) {
    for (const port of given.declared.ports) {
      const found = known(hostAfter(given).ports, 'listening ports').find((each) => each.port === port)
      const before = given.before?.ports
      const wasOpen =
        before !== undefined && 'known' in before && before.known.some((each) => each.port === port && !each.loopback)
      if (found === undefined) yield portLiveSilent.at(`port ${port}`, { port })
      else if (found.loopback && wasOpen) yield portLiveLoopback.at(`port ${port}`, { port })
    }
  },
  examples: [
    {
      title: 'served',
      given: lived({ declared: { ports: [80] }, after: { ports: [{ port: 80, loopback: false }] } }),
      yields: [],
    },
    {
      title: 'only on loopback, as before',
      given: lived({ declared: { ports: [80] }, after: { ports: [{ port: 80, loopback: true }] } }),
      yields: [],
    },
    { title: 'nobody listens', given: lived({ declared: { ports: [80] } }), yields: [portLiveSilent] },
    {
      title: 'on loopback now',
      given: lived({
        declared: { ports: [80] },
        before: { ports: [{ port: 80, loopback: false }] },
        after: { ports: [{ port: 80, loopback: true }] },
      }),
      yields: [portLiveLoopback],
    },
  ],
})
