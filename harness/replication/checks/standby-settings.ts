import { rule } from '../../kernel/index.ts'
import { postgresCheck } from '../health/health-check.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

const sending = postgresPage('20.6 Replication', 'runtime-config-replication.html')

export const standbySettingsUnsendable = rule({
  id: 'replication/standby-settings-unsendable',
  level: 'error',
  reference: postgresPage('20.5.1 wal_level', 'runtime-config-wal.html#GUC-WAL-LEVEL'),
  says: ({ node, setting, value }: { node: string; setting: string; value: string }) =>
    `On ${node} ${setting} is ${value}: nobody can follow it as a primary.`,
  wants: 'Every node that is or may be primary can send WAL.',
  remedy: 'Set wal_level = replica and max_wal_senders, and restart it.',
})

export const standbySettingsSendersFew = rule({
  id: 'replication/standby-settings-senders-few',
  level: 'warning',
  reference: sending,
  says: ({ node, senders, others }: { node: string; senders: number; others: number }) =>
    `On ${node} max_wal_senders is ${senders}: as a primary it could not send to the ${others} other nodes.`,
  wants: 'As a primary a node can send to all others, and has one sender left for a backup.',
  remedy: 'Raise max_wal_senders on every node, first on the standbys, and restart them.',
})

export const standbySettingsUnreadable = rule({
  id: 'replication/standby-settings-unreadable',
  level: 'warning',
  reference: postgresPage('20.6.3 hot_standby', 'runtime-config-replication.html#GUC-HOT-STANDBY'),
  says: ({ node }: { node: string }) =>
    `On ${node} hot_standby is off: as a standby it answers nobody, and nobody can ask how far it is.`,
  wants: 'A standby can be asked.',
  remedy: 'Set hot_standby = on and restart it.',
})

/** Settings that take a restart, and are missed on the day after the promotion. */
export const standbySettings = postgresCheck({
  id: 'replication/standby-settings',
  rules: [standbySettingsUnsendable, standbySettingsSendersFew, standbySettingsUnreadable],
  *run({ nodes }) {
    const others = nodes.length - 1
    for (const { node, settings } of nodes) {
      const { walLevel, maxWalSenders: senders, hotStandby } = settings
      const place = `nodes.${node}.settings`
      if (walLevel === 'minimal') {
        yield standbySettingsUnsendable.at(place, { node, setting: 'wal_level', value: walLevel })
      } else if (senders === 0) {
        yield standbySettingsUnsendable.at(place, { node, setting: 'max_wal_senders', value: '0' })
      } else if (senders < others) {
        yield standbySettingsSendersFew.at(place, { node, senders, others })
      }
      if (!hotStandby) yield standbySettingsUnreadable.at(place, { node })
    }
  },
  examples: [
    { title: 'as they come out of the box', given: samplePostgres(), yields: [] },
    {
      title: 'no WAL for others',
      given: samplePostgres({ primarySettings: { walLevel: 'minimal', maxWalSenders: 0 } }),
      yields: [standbySettingsUnsendable],
    },
    {
      title: 'no sender',
      given: samplePostgres({ standbySettings: { maxWalSenders: 0 } }),
      yields: [standbySettingsUnsendable],
    },
    {
      title: 'one sender for two others',
      given: samplePostgres({ standbySettings: { maxWalSenders: 1 } }),
      yields: [standbySettingsSendersFew],
    },
    {
      title: 'a primary that would be a silent standby',
      given: samplePostgres({ primarySettings: { hotStandby: false } }),
      yields: [standbySettingsUnreadable],
    },
  ],
})
