import { truncate, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { WholeHost } from './testing/whole-host.ts'
import { menuOf, wholeHost } from './testing/whole-host.ts'

const web = 'usr/lib/systemd/system/web.service'
const data = '11111111-0000-4000-8000-00000000da7a'
const fstab = (from: string | RegExp, to: string) => (host: WholeHost) => host.edit('etc/fstab', from, to)
const edit = (path: string, from: string | RegExp, to: string) => (host: WholeHost) => host.edit(path, from, to)
const put = (path: string, text: string) => (host: WholeHost) => host.put(path, text)
const remove = (path: string) => (host: WholeHost) => host.remove(path)
const mode = (path: string, bits: number) => (host: WholeHost) => host.mode(path, bits)
const link = (path: string, target: string) => (host: WholeHost) => host.link(path, target)

type Mutation = readonly [what: string, change: (host: WholeHost) => Promise<unknown>, rule: string]

/** One change a host, as people make them, and the rule that must name it. */
const mutations: readonly Mutation[] = [
  ['the line of a mount is lost', fstab(/^UUID=1111.*\n/m, ''), 'boot/mount-declared-absent'],
  ['a mount that was masked', link('etc/systemd/system/srv.mount', '/dev/null'), 'boot/mount-declared-masked'],
  ['a user of a mount that there is not', fstab(/$/, 'tmpfs /extra/x tmpfs uid=www 0 0\n'), 'boot/mount-owner-unknown'],
  ['a bind of nothing', fstab(/$/, '/usr/share/nothing /extra/x none bind 0 0\n'), 'boot/bind-source-absent'],
  ['memory over data', fstab('UUID=1111', 'tmpfs /srv tmpfs size=1m 0 0\nUUID=1111'), 'boot/mount-covers-state'],
  ['the line of a mount is made a comment', fstab(/^UUID=1111/m, '#UUID=1111'), 'boot/mount-declared-absent'],
  ['a line is appended twice', fstab(/^(UUID=1111.*\n)/m, '$1$1'), 'boot/mount-declared-twice'],
  ['noauto', fstab('defaults', 'defaults,noauto'), 'boot/mount-declared-noauto'],
  ['one digit of the UUID', fstab('da7a', 'da7b'), 'boot/fstab-source-unknown'],
  ['a digit of the UUID lost', fstab('da7a', 'da7'), 'boot/source-form-uuid'],
  ['UUID misspelt', fstab('UUID=1111', 'UIUD=1111'), 'boot/source-form-none'],
  ['two volumes exchanged', fstab(`UUID=${data} /srv ext4`, 'LABEL=extra /srv xfs'), 'boot/mount-agrees-source'],
  ['the kernel name of a disk', fstab(`UUID=${data}`, '/dev/vdb1'), 'boot/fstab-source-unstable'],
  ['another mount point', fstab(' /srv ', ' /srv2 '), 'boot/mount-declared-absent'],
  ['a type that is misspelt', fstab('/srv ext4', '/srv ext5'), 'boot/fstab-type-unknown'],
  ['another type than on the disk', fstab('/srv ext4', '/srv xfs'), 'boot/fstab-type-other'],
  ['an option that is misspelt', fstab('defaults', 'defalts'), 'boot/mount-option-unknown'],
  ['a value that is misspelt', fstab('remount-ro', 'remont-ro'), 'boot/mount-option-value'],
  ['read-only', fstab('defaults', 'defaults,ro'), 'boot/mount-agrees-readonly'],
  ['a line cut to two fields', fstab('/srv ext4 defaults 0 2', '/srv'), 'boot/fstab-syntax-wrong'],
  ['a type left out', fstab('/srv ext4 defaults', '/srv defaults'), 'boot/fstab-type-unknown'],
  ['a no-break space', fstab('/srv ext4', '/srv\u00a0ext4'), 'boot/fstab-syntax-wrong'],
  ['a space inside a name', fstab(' /srv ', ' /srv data '), 'boot/fstab-syntax-wrong'],
  ['an x-systemd option misspelt', fstab('device-timeout', 'device-timout'), 'boot/fstab-option-unknown'],
  ['line ends of another system', fstab(/\n/g, '\r\n'), 'boot/fstab-file-returns'],
  ['the last line without an end', fstab(/\n$/, ''), 'boot/fstab-file-unended'],
  [
    'a line appended to one without an end',
    fstab(/\n$/, 'LABEL=extra /more xfs nofail 0 2\n'),
    'boot/fstab-syntax-wrong',
  ],
  ['fstab deleted', remove('etc/fstab'), 'boot/mount-declared-absent'],
  ['fstab emptied', put('etc/fstab', ''), 'boot/fstab-file-empty'],
  ['an optional disk without nofail', fstab('nofail,', ''), 'boot/mount-optional-stops'],
  ['a needed disk with nofail', fstab('defaults', 'defaults,nofail'), 'boot/mount-optional-silent'],
  ['a file below a mount', put('srv/left-behind', 'x'), 'boot/mount-point-hides'],
  ['no folder to mount at', remove('extra'), 'boot/mount-point-absent'],
  ['the data disk checked first', fstab('defaults 0 2', 'defaults 0 1'), 'boot/fstab-fsck-order'],
  ['a mount point twice', fstab(/$/, 'LABEL=extra /srv xfs nofail 0 2\n'), 'boot/fstab-order-twice'],
  ['one disk in two places', fstab(/$/, 'LABEL=extra /more xfs nofail 0 2\n'), 'boot/source-form-twice'],
  ['the network without _netdev', fstab(/$/, 'nas:/x /extra/x nfs nofail 0 0\n'), 'boot/fstab-network-early'],
  ['memory over /var', fstab(/$/, 'tmpfs /var tmpfs defaults 0 0\n'), 'boot/mount-covers-state'],
  ['a disk over /etc', fstab(' /extra ', ' /etc '), 'boot/mount-covers-system'],
  ['programs of a service where none may be started', fstab('errors=', 'noexec,errors='), 'boot/mount-covers-noexec'],
  ['no line for swap', fstab(/^UUID=2222.*\n/m, ''), 'boot/swap-declared-absent'],
  ['swap turned on twice', fstab(/^(UUID=2222.*\n)/m, '$1$1'), 'boot/swap-line-twice'],
  ['a swap file that is not there', fstab(/$/, '/swapfile none swap sw 0 0\n'), 'boot/swap-line-file'],
  ['another root in fstab', fstab('aa07', 'aa08'), 'boot/root-line-differs'],
  ['root locked', edit('etc/shadow', /root:[^:]*/, 'root:*'), 'boot/emergency-console-locked'],
  ['a service disabled', remove('etc/systemd/system/multi-user.target.wants/web.service'), 'boot/service-enabled-not'],
  ['a service masked', link('etc/systemd/system/web.service', '/dev/null'), 'boot/service-enabled-masked'],
  ['a timer disabled', remove('etc/systemd/system/timers.target.wants/night.timer'), 'boot/service-enabled-not'],
  [
    'a service enabled for the desktop',
    async (host) => {
      await host.remove('etc/systemd/system/multi-user.target.wants/web.service')
      await host.link('etc/systemd/system/graphical.target.wants/web.service', `/${web}`)
    },
    'boot/service-enabled-vain',
  ],
  [
    'a drop-in with a second ExecStart',
    put('etc/systemd/system/web.service.d/own.conf', '[Service]\nExecStart=/usr/sbin/other\n'),
    'boot/service-loads-not',
  ],
  ['an environment that exports', put('etc/default/web', 'export OPTIONS=\n'), 'boot/service-environment-ignored'],
  ['a script for what is not there', put('usr/sbin/web', '#!/usr/bin/python\n'), 'boot/service-ground-absent'],
  ['a script with returns', put('usr/sbin/web', '#!/bin/sh\r\n'), 'boot/service-ground-absent'],
  [
    'a sandbox of a folder that is not there',
    edit(web, '[Service]', '[Service]\nReadWritePaths=/srv2'),
    'boot/service-ground-absent',
  ],
  ['an empty key', put('etc/keys/vault', ''), 'boot/crypttab-key-absent'],
  ['accounts for root alone', mode('etc/passwd', 0o600), 'boot/folder-state-unread'],
  ['data that is emptied', put('etc/tmpfiles.d/x.conf', 'D /srv - - - -\n'), 'boot/data-cleared-boot'],
  ['no way for root', put('etc/ssh/sshd_config.d/a.conf', 'PermitRootLogin key\n'), 'boot/ssh-start-setting'],
  ['a minute too many', edit('usr/lib/systemd/system/night.timer', 'daily', '*-*-* 02:60'), 'boot/timer-schedule-none'],
  ['ExecStart misspelt', edit(web, 'ExecStart', 'ExecStrat'), 'boot/service-loads-not'],
  ['a section misspelt', edit(web, '[Service]', '[Servce]'), 'boot/unit-setting-unknown'],
  ['a type misspelt', edit(web, '[Service]', '[Service]\nType=froking'), 'boot/unit-setting-unknown'],
  [
    'a step before it that fails',
    edit(web, '[Service]', '[Service]\nExecStartPre=/bin/false'),
    'boot/service-loads-not',
  ],
  ['the program of a service removed', remove('usr/sbin/web'), 'boot/service-ground-absent'],
  ['the program of a service without x', mode('usr/sbin/web', 0o644), 'boot/service-ground-absent'],
  ['the user of a service deleted', edit('etc/passwd', /^web.*\n/m, ''), 'boot/service-ground-absent'],
  ['its environment file moved', remove('etc/default/web'), 'boot/service-ground-absent'],
  [
    'a condition that is not met',
    edit(web, '[Unit]', '[Unit]\nConditionPathExists=/etc/web.conf'),
    'boot/service-condition-unmet',
  ],
  [
    'a unit that is required and is not there',
    edit(web, '[Unit]', '[Unit]\nRequires=db.service'),
    'boot/service-requires-absent',
  ],
  ['units that conflict', edit(web, '[Unit]', '[Unit]\nConflicts=ssh.service'), 'boot/service-requires-conflict'],
  ['units that wait for each other', edit(web, '[Unit]', '[Unit]\nBefore=sysinit.target'), 'boot/unit-cycle-found'],
  ['a unit deleted, and its link left', remove(web), 'boot/unit-link-broken'],
  ['a timer without a time', edit('usr/lib/systemd/system/night.timer', /On.*/, ''), 'boot/timer-schedule-none'],
  ['a time that is none', edit('usr/lib/systemd/system/night.timer', 'daily', 'dayly'), 'boot/timer-schedule-none'],
  ['a timer without its service', remove('usr/lib/systemd/system/night.service'), 'boot/timer-schedule-idle'],
  ['local-fs.target masked', link('etc/systemd/system/local-fs.target', '/dev/null'), 'boot/unit-essential-masked'],
  [
    'the generator of fstab masked',
    link('etc/systemd/system-generators/systemd-fstab-generator', '/dev/null'),
    'boot/unit-essential-generator',
  ],
  [
    'a mount unit of another name',
    put('etc/systemd/system/a.mount', '[Mount]\nWhat=x\nWhere=/b\n'),
    'boot/mount-unit-name',
  ],
  [
    'a limit of a second',
    edit('etc/systemd/system.conf', '#DefaultTimeoutStartSec=90s', 'DefaultTimeoutStartSec=1s'),
    'boot/system-conf-short',
  ],
  [
    'the default target left in rescue',
    link('etc/systemd/system/default.target', '/usr/lib/systemd/system/rescue.target'),
    'boot/default-target-other',
  ],
  ['no ARRAY line', edit('etc/mdadm/mdadm.conf', /^ARRAY.*/, ''), 'boot/array-line-absent'],
  ['an ARRAY line with another UUID', edit('etc/mdadm/mdadm.conf', '44', '45'), 'boot/array-line-other'],
  ['mdadm.conf changed, and no new initrd', edit('etc/mdadm/mdadm.conf', 'md0', 'md/0'), 'boot/initrd-copy-differs'],
  [
    'crypttab changed, and no new initrd',
    ({ folder }) => utimes(join(folder, 'etc/crypttab'), 4_000_000_000, 4_000_000_000),
    'boot/initrd-copy-older',
  ],
  ['a key that others read', mode('etc/keys/vault', 0o644), 'boot/crypttab-key-open'],
  ['a key that is not there', remove('etc/keys/vault'), 'boot/crypttab-key-absent'],
  ['no line for an encrypted volume', put('etc/crypttab', '# none\n'), 'boot/crypttab-key-line'],
  ['a digit of its UUID lost', edit('etc/crypttab', 'c0de', 'c0d'), 'boot/crypttab-line-source'],
  ['a volume that is not opened', edit('etc/crypttab', 'luks', 'luks,noauto'), 'boot/crypttab-line-late'],
  ['an option of crypttab misspelt', edit('etc/crypttab', 'luks', 'lusk'), 'boot/crypttab-line-wrong'],
  ['the initrd of the newest kernel deleted', remove('boot/initrd.img-6.1.0-10'), 'boot/kernel-initrd-absent'],
  [
    'an initrd that was cut off',
    ({ folder }) => truncate(join(folder, 'boot/initrd.img-6.1.0-10'), 300),
    'boot/kernel-initrd-unreadable',
  ],
  ['a boot menu of the kernel before', put('boot/grub/grub.cfg', menuOf('6.1.0-9')), 'boot/kernel-initrd-stale-menu'],
  ['the kernel of the menu removed', remove('boot/vmlinuz-6.1.0-10'), 'boot/grub-menu-kernel'],
  ['a menu that is empty', put('boot/grub/grub.cfg', ''), 'boot/grub-menu-empty'],
  ['an entry that is not in the menu', edit('boot/grub/grub.cfg', /^/, 'set default="9"\n'), 'boot/grub-menu-choice'],
  ['a menu that waits', edit('etc/default/grub', 'TIMEOUT=5', 'TIMEOUT=-1'), 'boot/grub-menu-waits'],
  ['a quote left open', edit('etc/default/grub', '"quiet"', '"quiet'), 'boot/grub-menu-defaults'],
  ['single left on the command line', edit('boot/grub/grub.cfg', ' quiet', ' single'), 'boot/kernel-line-elsewhere'],
  ['a shell in the place of init', edit('etc/default/grub', 'quiet', 'init=/bin/bash'), 'boot/kernel-line-elsewhere'],
  ['no root on the command line', edit('boot/grub/grub.cfg', /root=\S+/, ''), 'boot/kernel-line-root'],
  [
    'a swap to resume from that is gone',
    put('etc/initramfs-tools/conf.d/resume', `RESUME=UUID=${data}\n`),
    'boot/kernel-line-resume',
  ],
  ['the modules of a kernel removed', remove('usr/lib/modules/6.1.0-10'), 'boot/kernel-modules-absent'],
  [
    'the driver of the disk barred',
    put('etc/modprobe.d/x.conf', 'blacklist virtio_blk\n'),
    'boot/kernel-modules-barred',
  ],
  ['a setting made by hand', remove('etc/sysctl.d/60-web.conf'), 'boot/kernel-setting-absent'],
  [
    'a setting undone by a later file',
    put('etc/sysctl.d/99-x.conf', 'vm.max_map_count=1\n'),
    'boot/kernel-setting-other',
  ],
  ['a setting without an equals sign', edit('etc/sysctl.d/60-web.conf', ' = ', ' '), 'boot/kernel-setting-syntax'],
  ['the module of a setting no longer loaded', remove('etc/modules-load.d/web.conf'), 'boot/kernel-setting-module'],
  [
    'a module barred that a file wants loaded',
    put('etc/modprobe.d/x.conf', 'install nf_conntrack /bin/false\n'),
    'boot/kernel-modules-barred',
  ],
  ['another name', edit('etc/hostname', 'web-1', 'web-2'), 'boot/host-name-other'],
  ['hosts without localhost', edit('etc/hosts', /^127.0.0.1.*\n/m, ''), 'boot/host-name-hosts'],
  ['an id of a machine cut off', put('etc/machine-id', '0a1b\n'), 'boot/host-name-machine'],
  ['no host key', remove('etc/ssh/ssh_host_ed25519_key'), 'boot/ssh-start-keys'],
  ['a host key that others read', mode('etc/ssh/ssh_host_ed25519_key', 0o644), 'boot/ssh-start-keys'],
  ['a setting of sshd misspelt', edit('etc/ssh/sshd_config', 'RootLogin', 'RotLogin'), 'boot/ssh-start-setting'],
  ['another port of sshd', put('etc/ssh/sshd_config.d/a.conf', 'Port 2222\n'), 'boot/ssh-start-port'],
  [
    'no folder for sshd',
    edit('usr/lib/systemd/system/ssh.service', /RuntimeDirectory.*\n/, ''),
    'boot/ssh-start-privilege',
  ],
  ['an interface that nobody brings up', edit('etc/network/interfaces', ' eth0\n', '\n'), 'boot/network-config-none'],
  ['a method misspelt', edit('etc/network/interfaces', 'dhcp', 'dchp'), 'boot/network-config-wrong'],
  [
    'a firewall that nobody reads',
    remove('etc/systemd/system/sysinit.target.wants/nftables.service'),
    'boot/firewall-kept-unread',
  ],
  ['a port opened by hand', edit('etc/nftables.conf', ', 80', ''), 'boot/firewall-kept-shut'],
  ['a job without an end', edit('etc/cron.d/night', /\n$/, ''), 'boot/cron-entry-unended'],
  ['a job at an hour that there is not', edit('etc/cron.d/night', '15 3', '15 33'), 'boot/cron-entry-wrong'],
  [
    'a job in a file that cron passes over',
    put('etc/cron.d/job.sh', '1 1 * * * root /bin/a\n'),
    'boot/cron-entry-ignored',
  ],
  ['the menu deleted', remove('boot/grub/grub.cfg'), 'boot/grub-menu-empty'],
  ['a kernel without a byte', put('boot/vmlinuz-6.1.0-10', ''), 'boot/grub-menu-kernel'],
  ['the list of modules lost', remove('usr/lib/modules/6.1.0-10/modules.dep'), 'boot/kernel-modules-absent'],
  [
    'a driver barred on the command line',
    edit('etc/default/grub', 'quiet', 'modprobe.blacklist=nvme'),
    'boot/kernel-modules-barred',
  ],
  ['the configuration of sshd deleted', remove('etc/ssh/sshd_config'), 'boot/ssh-start-setting'],
  [
    'sshd on the loopback alone',
    put('etc/ssh/sshd_config.d/a.conf', 'ListenAddress 127.0.0.1\n'),
    'boot/ssh-start-port',
  ],
  ['a brace of the firewall lost', edit('etc/nftables.conf', /\}\n$/, ''), 'boot/firewall-kept-broken'],
  ['an interface of another name', edit('etc/network/interfaces', 'lo eth0', 'lo eth1'), 'boot/network-config-wrong'],
  ['the default target deleted', remove('usr/lib/systemd/system/multi-user.target'), 'boot/default-target-absent'],
  ['a service for another host', edit(web, '[Unit]', '[Unit]\nConditionHost=db'), 'boot/service-condition-unmet'],
  ['a limit within which nothing starts', edit(web, '[Service]', '[Service]\nMemoryMax=64K'), 'boot/service-loads-not'],
  [
    'a site behind a link that leads nowhere',
    link('etc/nginx/sites-enabled/a', '/etc/nginx/sites-available/a'),
    'boot/folder-state-astray',
  ],
  [
    'a mount that needs a unit that is not there',
    fstab('defaults', 'x-systemd.requires=db.service'),
    'boot/mount-option-unit',
  ],
  [
    'a mount that is required and nowhere',
    edit(web, '[Unit]', '[Unit]\nRequires=data.mount'),
    'boot/service-requires-absent',
  ],
  ['hardly any memory', edit('boot/grub/grub.cfg', 'quiet', 'mem=16M'), 'boot/kernel-line-elsewhere'],
  ['a root that nobody passes', mode('.', 0o700), 'boot/folder-state-shut'],
  ['data behind a link that leads nowhere', link('var/lib/db', '/volume/db'), 'boot/folder-state-astray'],
  ['nobody may log in', put('etc/nologin', ''), 'boot/folder-state-barred'],
]

test.for(mutations)('%s is named', async ([, change, rule]) => {
  await using host = await wholeHost()
  await change(host)
  expect(await host.rules()).toContain(rule)
})
