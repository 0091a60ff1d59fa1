import { expect, test } from 'vitest'
import { parseFstab } from '../fstab/parse.ts'
import { refusedLines } from './refused-lines.ts'

const refused = (line: string, loops = false): boolean =>
  refusedLines(parseFstab(new TextEncoder().encode(`${line}\n`)), loops).length > 0

test.for([
  'UUID=0f3e-11 / ext4 errors=remount-ro 0 1',
  'LABEL=data /srv ext4 nofail 0 2',
  'PARTUUID=1-2 /boot vfat umask=0077 0 1',
  '/dev/vdb /srv ext4 defaults 0 2',
  '/dev/md0 /opt ext4 noauto 0 2',
  '/dev/mapper/vault /vault xfs defaults 0 2',
  'UUID=5a-9e none swap sw 0 0',
  '/swapfile none swap sw 0 0',
])('a container cannot try %s, whatever devices it has', (line) => {
  expect([refused(line), refused(line, true)]).toEqual([true, true])
})

test.for(['/var/disk.img /data ext4 loop 0 2', '/var/disk.img /data squashfs ro 0 0'])(
  'a container tries %s only with loop devices',
  (line) => {
    expect([refused(line), refused(line, true)]).toEqual([true, false])
  },
)

test.for([
  '/srv/www /var/www none bind 0 0',
  '/srv/www /var/www none rbind,ro 0 0',
  '/srv/www /var/www auto bind 0 0',
  'tmpfs /tmp tmpfs size=64M 0 0',
  'overlay /merged overlay lowerdir=/a:/b 0 0',
  'files:/export /mnt nfs _netdev 0 0',
  '# UUID=0f3e-11 / ext4 defaults 0 1',
])('a container tries %s as a machine would', (line) => {
  expect(refused(line)).toBe(false)
})
