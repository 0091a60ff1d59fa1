import { bootDrill } from '../drill.ts'
import { rebootAfterScript } from '../machine/reboot-drill.ts'

const GiB = 2 ** 30

/**
 * The documents' encrypted root. Without its key in the initrd nobody answers after the reboot, not even the agent: the
 * console is the only witness.
 */
export const rootEncrypted = bootDrill({
  id: 'root-encrypted',
  title: 'The root is moved onto an encrypted disk that opens with nobody at the console',
  on: 'disk',
  procedures: [
    {
      id: 'key-in-initrd',
      title: 'the key is a file, and the initrd carries it',
      script: 'root-encrypted/key-in-initrd.sh',
    },
    {
      id: 'key-left-out',
      title: 'the pattern of key files is left empty: the initrd is built without the key, with one warning',
      script: 'root-encrypted/key-left-out.sh',
      finds: ['boot/boot-ended-console'],
    },
  ],
  attempt: rebootAfterScript({
    name: 'encrypted',
    host: 'guest-disk',
    loader: 'disk',
    disks: { vault: GiB },
    declared: {
      mounts: [
        { at: '/', source: '/dev/mapper/croot', type: 'ext4', options: ['rw'] },
        { at: '/boot', type: 'ext4' },
      ],
      encrypted: [{ name: 'croot' }],
      services: [{ unit: 'nginx.service' }, { unit: 'ssh.service' }],
      ports: [22, 80],
    },
  }),
})
