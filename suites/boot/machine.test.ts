import { fileURLToPath } from 'node:url'
import { describe } from 'vitest'
import { test } from '../../harness/vitest/index.ts'

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url))

const volume = {
  name: 'volume',
  build: `${fixtures}/images/guest`,
  provision: `${fixtures}/boot/volume/provision.sh`,
  disks: { data: '64m' },
  declared: {
    mounts: [{ at: '/srv/data', source: 'LABEL=data', type: 'ext4', options: ['rw'], optional: true }],
    services: [{ unit: 'nginx.service' }, { unit: 'ssh.service' }],
    ports: [22, 80],
    data: ['/srv/data'],
  },
}

// On a new machine three images are built first.
const limit = { timeout: 900_000 }

describe('a machine that is rebooted', () => {
  test(
    'comes back with a volume that was formatted, mounted and appended to fstab',
    limit,
    async ({ look, expect }) => {
      const [step] = await look({ practice: 'boot', section: { machines: [volume] } })
      expect(step).toMatchObject({ findings: [] })
      expect(step?.unsettled).toBeUndefined()
      expect(step?.looked).toContain('boot/data-same')
    },
  )
})
