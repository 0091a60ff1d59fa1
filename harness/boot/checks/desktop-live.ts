import { document, rule } from '../../kernel/index.ts'
import { liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

const protocol = document(
  'MS-RDPBCGR 2.2.1.2',
  'https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-rdpbcgr/13757f8f-66db-4273-9d2c-385c33b1e483',
)

export const desktopLiveSilent = rule({
  id: 'boot/desktop-live-silent',
  level: 'error',
  reference: protocol,
  says: ({ why }: { why: string }) => `After the boot nobody answers who wants the remote desktop: ${why}.`,
  wants: 'The remote desktop confirms a connection after a boot.',
  remedy: 'systemctl enable xrdp: started by hand it is gone after a reboot.',
})

export const desktopLiveRefused = rule({
  id: 'boot/desktop-live-refused',
  level: 'error',
  reference: protocol,
  says: ({ code }: { code: number }) => `The remote desktop refuses a connection with TLS: failure code ${code}.`,
  wants: 'The remote desktop takes a connection with TLS.',
  remedy: 'Set security_layer=negotiate or tls in xrdp.ini, and see that its certificate is there.',
})

export const desktopLivePlain = rule({
  id: 'boot/desktop-live-plain',
  level: 'error',
  reference: protocol,
  says: () => 'The remote desktop was offered TLS and confirmed without it: passwords go by its own weak encryption.',
  wants: 'The remote desktop takes TLS when it is offered.',
  remedy: 'adduser xrdp ssl-cert: Debian lets nobody else read the key; then restart xrdp and look at its log.',
})

export const desktopLiveHandshake = rule({
  id: 'boot/desktop-live-handshake',
  level: 'error',
  reference: protocol,
  says: ({ why }: { why: string }) => `The remote desktop confirmed TLS, and its handshake failed: ${why}.`,
  wants: 'The handshake of TLS goes through.',
  remedy: 'Look whether certificate and key belong together and whether xrdp may read both.',
})

/** Somebody who wants the remote desktop gets as far as its question for a name. */
export const desktopLive = liveCheck({
  id: 'boot/desktop-live',
  rules: [desktopLiveSilent, desktopLiveRefused, desktopLivePlain, desktopLiveHandshake],
  applies: ({ desktop }) => desktop !== undefined,
  *run({ desktop }) {
    if (desktop === undefined) return
    if ('silent' in desktop) yield desktopLiveSilent.at('desktop', { why: desktop.silent })
    else if ('refused' in desktop) yield desktopLiveRefused.at('desktop', { code: desktop.refused })
    else if (desktop.security !== 'tls') yield desktopLivePlain.at('desktop')
    else if ('failed' in desktop.handshake) yield desktopLiveHandshake.at('desktop', { why: desktop.handshake.failed })
  },
  examples: [
    { title: 'nobody asked', given: lived({}), yields: [] },
    {
      title: 'TLS',
      given: lived({ desktop: { security: 'tls', handshake: { version: 'TLSv1.3' } } }),
      yields: [],
    },
    { title: 'closed', given: lived({ desktop: { silent: 'read ECONNRESET' } }), yields: [desktopLiveSilent] },
    { title: 'refused', given: lived({ desktop: { refused: 5 } }), yields: [desktopLiveRefused] },
    { title: 'its own encryption', given: lived({ desktop: { security: 'plain' } }), yields: [desktopLivePlain] },
    {
      title: 'a key that does not belong to the certificate',
      given: lived({ desktop: { security: 'tls', handshake: { failed: 'the connection was closed' } } }),
      yields: [desktopLiveHandshake],
    },
  ],
})
