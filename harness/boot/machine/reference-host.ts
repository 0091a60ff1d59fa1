import { fileURLToPath } from 'node:url'
import { declaredState } from '../declared.ts'

/**
 * The host on which mutations are tried: the documents' web server, whose content lies on a mirror of two disks. Its root
 * is `fixtures/images/guest`; the script below makes the array, as the documents do, before the first boot.
 */
export const referenceFolder = fileURLToPath(new URL('../../../fixtures/images/guest', import.meta.url))

const MiB = 2 ** 20

export const referenceDisks = { one: 96 * MiB, two: 96 * MiB }

export const referenceDeclared = declaredState.parse({
  mounts: [{ at: '/opt', type: 'ext4', options: ['rw'] }],
  arrays: [{ device: '/dev/md0' }],
  services: [{ unit: 'nginx.service' }, { unit: 'ssh.service' }, { unit: 'cron.service' }],
  ports: [22, 80],
  hostname: 'machine',
  data: ['/opt/www'],
})

/** Run on the held root; the array keeps its name because mdadm.conf names it and the host's name is in it. */
export const referencePreparation = `
echo machine >/etc/hostname
echo '127.0.1.1 machine' >>/etc/hosts
hostname machine
modprobe raid1
mdadm --create /dev/md0 --run --homehost=machine --level=1 --raid-devices=2 --assume-clean /dev/vdb /dev/vdc
mkfs.ext4 -q /dev/md0
mkdir -p /opt
mount /dev/md0 /opt
mkdir /opt/www
for n in 1 2 3 4 5 6 7 8; do head -c 200000 /dev/urandom >/opt/www/file-$n; done
umount /opt
mdadm --detail --scan >>/etc/mdadm/mdadm.conf
echo '/dev/md0 /opt ext4 defaults 0 2' >>/etc/fstab
mdadm --stop /dev/md0
`
