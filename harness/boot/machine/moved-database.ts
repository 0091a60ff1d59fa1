import type { MachineOfDrill } from './reboot-drill.ts'

/** A host with MariaDB as Debian installs it, and an empty volume for its folder. */
export const movedDatabase = {
  name: 'database',
  host: 'guest-database',
  disks: { data: 192 * 2 ** 20 },
  declared: {
    mounts: [{ at: '/data', type: 'ext4', options: ['rw'] }],
    services: [{ unit: 'mariadb.service', needs: ['/data'] }],
    ports: [3306],
    answers: [{ command: 'mariadb -N -e "SELECT COUNT(*), SUM(berth) FROM harbour.berths"' }],
  },
} satisfies MachineOfDrill
