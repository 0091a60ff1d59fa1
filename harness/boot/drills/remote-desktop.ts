import { askDesktop } from '../desktop/ask-desktop.ts'
import { bootDrill } from '../drill.ts'
import { rebootAfterScript } from '../machine/reboot-drill.ts'

/** Where remote desktops listen. */
const port = 3389

/** Milliseconds that the host has for its answer, where machines are as quick as they should be. */
const answerMs = 10_000

/** The documents' remote desktop: what is asked after the reboot is what a client asks, from outside. */
export const remoteDesktop = bootDrill({
  id: 'remote-desktop',
  title: 'xrdp is set up, and somebody connects to it after the reboot',
  on: 'machine',
  procedures: [
    {
      id: 'desktop-enabled',
      title: 'it may read the key of the host, and is enabled',
      script: 'remote-desktop/enabled.sh',
    },
    {
      id: 'desktop-started',
      title: 'started, and never enabled',
      script: 'remote-desktop/started.sh',
      finds: ['boot/desktop-live-silent', 'boot/service-live-disabled', 'boot/port-live-silent'],
    },
    {
      id: 'desktop-key-not-readable',
      title: 'enabled, and the key of the host stays closed to it',
      script: 'remote-desktop/key-not-readable.sh',
      finds: ['boot/desktop-live-plain'],
    },
  ],
  attempt: rebootAfterScript({
    name: 'desktop',
    host: 'guest-desktop',
    declared: { services: [{ unit: 'xrdp.service' }, { unit: 'xrdp-sesman.service' }], ports: [port] },
    circumstance: {
      ports: [port],
      afterwards: async (machine, signal) => ({
        desktop: await askDesktop(await machine.address(port), { deadlineMs: answerMs * machine.slowness, signal }),
      }),
    },
  }),
})
