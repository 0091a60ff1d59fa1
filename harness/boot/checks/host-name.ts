import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { linesOf } from '../host/texts.ts'
import { hostnameManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const hostNameOther = rule({
  id: 'boot/host-name-other',
  level: 'error',
  reference: hostnameManual,
  says: ({ found, declared }: { found: string; declared: string }) =>
    `/etc/hostname says ${found}, and ${declared} is declared.`,
  wants: 'The declared name after each boot.',
  remedy: 'hostnamectl hostname NAME: what `hostname` sets is gone after a boot. Arrays are found by this name too.',
})

export const hostNameForm = rule({
  id: 'boot/host-name-form',
  level: 'error',
  reference: hostnameManual,
  says: ({ name }: { name: string }) => `/etc/hostname says ${JSON.stringify(name)}, which is no name of a host.`,
  wants: 'Letters, digits, hyphens and dots, 64 at most.',
  remedy: 'Correct the file: with such a name the host is called localhost.',
})

export const hostNameHosts = rule({
  id: 'boot/host-name-hosts',
  level: 'error',
  reference: hostnameManual,
  says: ({ what }: { what: string }) => `/etc/hosts ${what}.`,
  wants: 'Lines of an address and its names, with localhost among them.',
  remedy: 'Put 127.0.0.1 localhost back, and correct the lines that begin with no address.',
})

export const hostNameMachine = rule({
  id: 'boot/host-name-machine',
  level: 'error',
  reference: hostnameManual,
  says: ({ text }: { text: string }) => `/etc/machine-id says ${JSON.stringify(text)}, which is no id of a machine.`,
  wants: '32 hexadecimal digits; or an empty file, of an image that has not been started yet.',
  remedy: 'systemd-machine-id-setup, after the file is emptied.',
})

/** Who the host is after a boot. */
export const hostName = staticCheck({
  id: 'boot/host-name',
  rules: [hostNameOther, hostNameForm, hostNameHosts, hostNameMachine],
  *run({ declared, files: { texts, boot } }) {
    const name = linesOf(texts, '/etc/hostname', /^#/)[0]?.text
    if (name !== undefined && !/^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?$/.test(name))
      yield hostNameForm.at('/etc/hostname', { name })
    if (declared.hostname !== undefined && name !== declared.hostname) {
      yield hostNameOther.at('/etc/hostname', { found: name ?? 'nothing', declared: declared.hostname })
    }
    const hosts = linesOf(texts, '/etc/hosts', /^#/)
    const strange = hosts.find(
      ({ text }) => !/^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*(?:%\w+)?)\s+\S/i.test(text),
    )
    if (strange !== undefined) {
      yield hostNameHosts.at(`/etc/hosts:${strange.line}`, { what: `has no address and name in line ${strange.line}` })
    }
    // Engines write the file of a container when it starts: only hosts that boot must have it.
    const local = hosts.some(({ text }) => /^(?:127\.|::1)/.test(text) && /\slocalhost(?:\s|$)/.test(text))
    if (boot.kernels.length > 0 && texts.has('/etc/hosts') && !local) {
      yield hostNameHosts.at('/etc/hosts', { what: 'has no line for localhost' })
    }
    const id = texts.get('/etc/machine-id')?.trim()
    if (id !== undefined && id !== '' && id !== 'uninitialized' && !/^[0-9a-f]{32}$/i.test(id)) {
      yield hostNameMachine.at('/etc/machine-id', { text: id.slice(0, 80) })
    }
  },
  examples: [
    { title: 'nothing is declared, and there are no files', given: sketch(), yields: [] },
    {
      title: 'as declared',
      given: sketch({
        declared: { hostname: 'web-1' },
        texts: {
          '/etc/hostname': 'web-1\n',
          '/etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
          '/etc/machine-id': '',
        },
      }),
      yields: [],
    },
    {
      title: 'another name',
      given: sketch({ declared: { hostname: 'a' }, texts: { '/etc/hostname': 'b\n' } }),
      yields: [hostNameOther],
    },
    { title: 'no name at all', given: sketch({ texts: { '/etc/hostname': 'my host\n' } }), yields: [hostNameForm] },
    {
      title: 'hosts without localhost',
      given: sketch({ boot: { kernels: ['6.1'] }, texts: { '/etc/hosts': '10.0.0.1 db\n' } }),
      yields: [hostNameHosts],
    },
    {
      title: 'an id that was edited',
      given: sketch({ texts: { '/etc/machine-id': 'abc\n' } }),
      yields: [hostNameMachine],
    },
  ],
})
