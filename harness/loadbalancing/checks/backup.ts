import { rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { askEach, byServer } from '../bench/ask-each.ts'
import { mayBeOut, untilOut, withOutages } from '../bench/health.ts'
import type { Bench } from '../bench/open-bench.ts'
import { named } from '../bench/pool.ts'
import { settled } from '../bench/settled.ts'
import { haproxyManual } from '../references.ts'

const requests = 24
const withinMs = 5_000

export const backupEarly = rule({
  id: 'loadbalancing/backup-early',
  level: 'error',
  reference: haproxyManual('5.2-backup'),
  says: ({
    server,
    answers,
    asked,
    gone,
  }: {
    server: string
    answers: number
    asked: number
    gone: readonly string[]
  }) =>
    `${server} answers ${answers} of ${asked} requests with ${gone.length === 0 ? 'all others well' : `only ${gone.join(', ')} gone`}.`,
  wants: 'A backup answers only when all others are gone.',
  remedy: 'Say so on its server line: backup.',
})

export const backupAbsent = rule({
  id: 'loadbalancing/backup-absent',
  level: 'error',
  reference: haproxyManual('5.2-backup'),
  says: ({ servers, failed, asked }: { servers: readonly string[]; failed: number; asked: number }) =>
    `All others are gone, and ${failed} of ${asked} requests are not answered by ${servers.join(', ')}.`,
  wants: `When all others are gone, backups answer, ${withinMs / 1_000} s later at most.`,
  remedy: 'Look at the state of the backup: it must be enabled, its health check be answered, its address be right.',
})

export interface BackupSeen {
  readonly backups: readonly string[]
  readonly asked: number
  /** Who answered with so many servers gone, beginning with none. */
  readonly before: readonly { readonly gone: readonly string[]; readonly answers: Readonly<Record<string, number>> }[]
  /** Requests that no backup answered with all others gone. */
  readonly failed: number
}

/** Servers die one after another, and backups stand by until the last of them is gone. */
export const backup = balancerProbe({
  id: 'loadbalancing/backup',
  rules: [backupEarly, backupAbsent],
  expects: ({ expect: { backup: names } }) =>
    names.length === 0 ? notAsked('no backups are expected (expect.backup)') : { names },
  async gather(bench, { names }) {
    const backups = (await named(bench, 'backup', names)).map(({ id }) => id)
    const others = (await bench.servers()).map(({ id }) => id).filter((id) => !backups.includes(id))
    const early = others.slice(1)
    const before: BackupSeen['before'][number][] = []
    before.push({ gone: [], answers: await withOutages(bench, 0, () => answersOf(bench)) })
    if (early.length > 0) before.push(await withOutages(bench, early.length, () => withGone(bench, early)))
    await bench.behave(dead(others))
    await mayBeOut(bench, others)
    const look = async (): Promise<number> => {
      const answers = await answersOf(bench)
      return requests - backups.reduce((sum, id) => sum + (answers[id] ?? 0), 0)
    }
    const failed = await settled(look, (some) => some === 0, { withinMs, bench })
    return { backups, asked: requests, before, failed }
  },
  *run({ backups, asked, before, failed }: BackupSeen) {
    for (const { gone: few, answers } of before) {
      for (const server of backups) {
        const some = answers[server] ?? 0
        if (some > 0) yield backupEarly.at(server, { server, answers: some, asked, gone: few })
      }
    }
    if (failed > 0) yield backupAbsent.at('answers', { servers: backups, failed, asked })
  },
  examples: [
    {
      title: 'it stands by, and then answers',
      given: {
        backups: ['app/spare'],
        asked: 24,
        before: [
          { gone: [], answers: { 'app/a': 18, 'app/b': 6 } },
          { gone: ['app/b'], answers: { 'app/a': 24 } },
        ],
        failed: 0,
      },
      yields: [],
    },
    {
      title: 'one among others',
      given: {
        backups: ['app/spare'],
        asked: 24,
        before: [
          { gone: [], answers: { 'app/a': 16, 'app/b': 4, 'app/spare': 4 } },
          { gone: ['app/b'], answers: { 'app/a': 16, 'app/spare': 8 } },
        ],
        failed: 0,
      },
      yields: [backupEarly, backupEarly],
    },
    {
      title: 'it never comes',
      given: { backups: ['app/spare'], asked: 24, before: [{ gone: [], answers: { 'app/a': 24 } }], failed: 24 },
      yields: [backupAbsent],
    },
  ],
})

async function withGone(bench: Bench, ids: readonly string[]): Promise<BackupSeen['before'][number]> {
  await bench.behave(dead(ids))
  await untilOut(bench, ids)
  return { gone: ids, answers: await answersOf(bench) }
}

async function answersOf(bench: Bench): Promise<Readonly<Record<string, number>>> {
  return byServer(
    await askEach(
      bench,
      Array.from({ length: requests }, () => ({})),
    ),
  )
}

function dead(ids: readonly string[]) {
  return Object.fromEntries(ids.map((id) => [id, { listening: false }]))
}
