import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { unitManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const unitEssentialMasked = rule({
  id: 'boot/unit-essential-masked',
  level: 'error',
  reference: unitManual,
  says: ({ unit, without }: { unit: string; without: string }) => `${unit} is masked: ${without}.`,
  wants: 'What every boot stands on is not masked.',
  remedy: 'systemctl unmask it.',
})

export const unitEssentialGenerator = rule({
  id: 'boot/unit-essential-generator',
  level: 'error',
  reference: unitManual,
  says: ({ path, without }: { path: string; without: string }) =>
    `${path} takes the place of the real one: ${without}.`,
  wants: 'The generators of systemd are the real ones.',
  remedy: 'Take the file or link away.',
})

const targets: Readonly<Record<string, string>> = {
  'local-fs.target': 'no line of fstab is mounted',
  'sysinit.target': 'nothing is prepared for services',
  'basic.target': 'no service can start',
  'multi-user.target': 'no service is started',
  'sockets.target': 'no service is reached by its socket',
  'timers.target': 'no timer runs',
}
const ofMachines: Readonly<Record<string, string>> = {
  'systemd-remount-fs.service': 'the root stays read-only',
  'systemd-udevd.service': 'no disk is found by its UUID or label',
  'systemd-tmpfiles-setup.service': 'folders in /run that services need are not made',
  'systemd-modules-load.service': 'the modules of /etc/modules are not loaded',
  'systemd-sysctl.service': 'the settings of sysctl.d are not made',
  'swap.target': 'no swap is turned on',
  'remote-fs.target': 'nothing is mounted from the network',
  'network.target': 'nothing tells that the network is there',
  'systemd-random-seed.service': 'the seed of random numbers is not kept',
}
const generators: Readonly<Record<string, string>> = {
  'systemd-fstab-generator': 'fstab is not read at all',
  'systemd-cryptsetup-generator': 'crypttab is not read at all',
  'systemd-getty-generator': 'there is no login on the console',
}

/** What every boot stands on. */
export const unitEssential = staticCheck({
  id: 'boot/unit-essential',
  rules: [unitEssentialMasked, unitEssentialGenerator],
  *run({ files: { units, boot, paths } }) {
    // Images of containers mask what only machines need.
    const asked = boot.kernels.length > 0 ? { ...targets, ...ofMachines } : targets
    for (const [unit, without] of Object.entries(asked)) {
      if (units.byName.get(unit)?.state === 'masked') yield unitEssentialMasked.at(unit, { unit, without })
    }
    for (const [name, without] of Object.entries(generators)) {
      const path = `/etc/systemd/system-generators/${name}`
      if (paths.has(path)) yield unitEssentialGenerator.at(path, { path, without })
    }
  },
  examples: [
    { title: 'nothing is masked', given: sketch(), yields: [] },
    {
      title: 'a container without disks',
      given: sketch({ units: [{ name: 'systemd-udevd.service', state: 'masked' }] }),
      yields: [],
    },
    {
      title: 'a machine without disks',
      given: sketch({ units: [{ name: 'systemd-udevd.service', state: 'masked' }], boot: { kernels: ['6.1'] } }),
      yields: [unitEssentialMasked],
    },
    {
      title: 'fstab that nobody reads',
      given: sketch({ paths: { '/etc/systemd/system-generators/systemd-fstab-generator': undefined } }),
      yields: [unitEssentialGenerator],
    },
  ],
})
