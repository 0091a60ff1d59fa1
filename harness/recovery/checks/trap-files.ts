import { check, document, rule } from '../../kernel/index.ts'
import type { Seen } from '../seen.ts'

const duplicity = document('duplicity(1)', 'https://duplicity.gitlab.io/stable/duplicity.1.html')
const restic = document('restic: Troubleshooting', 'https://restic.readthedocs.io/en/stable/077_troubleshooting.html')
const tar = document(
  'GNU tar: Incremental Dumps',
  'https://www.gnu.org/software/tar/manual/html_node/Incremental-Dumps.html',
)

export const wrongPassphrase = rule({
  id: 'recovery/trap-files-wrong-passphrase',
  level: 'info',
  reference: duplicity,
  says: () => 'The passphrase is not the one that the backup was made with.',
  wants: 'The passphrase can be had when the host that knew it is gone.',
  remedy: 'Keep it in two places that are not the host, and restore with what lies there, not with what the host has.',
})

export const partMissing = rule({
  id: 'recovery/trap-files-part-missing',
  level: 'info',
  reference: restic,
  says: () => 'A file of the repository is absent.',
  wants: 'A repository is whole before anybody needs it.',
  remedy:
    'Look at it after each backup and after each copy: `restic check`, `duplicity collection-status`, a list of its files.',
})

export const partDamaged = rule({
  id: 'recovery/trap-files-part-damaged',
  level: 'info',
  reference: restic,
  says: () => 'A file of the repository is not as it was written.',
  wants: 'A repository is read as a whole now and then, and there is a second one.',
  remedy: 'Run `restic check --read-data`, or restore everything beside, on a day when nothing burns.',
})

export const repositoryLocked = rule({
  id: 'recovery/trap-files-repository-locked',
  level: 'info',
  reference: restic,
  says: () => 'A run that was killed left its lock in the repository.',
  wants: 'A restore does not wait for a host that is gone.',
  remedy: 'Restore with --no-lock; `restic unlock` before a backup when surely no other one runs.',
})

export const targetNotEmpty = rule({
  id: 'recovery/trap-files-target-not-empty',
  level: 'info',
  reference: duplicity,
  says: () => 'What a restore before left is in the way.',
  wants: 'A restore can be run again after it was interrupted.',
  remedy: 'Restore into a new folder beside the place, take away what earlier ones left, and rename at the end.',
})

export const backupCutOff = rule({
  id: 'recovery/trap-files-backup-cut-off',
  level: 'info',
  reference: tar,
  says: () => 'A backup that was interrupted left half a file, which is taken for a backup.',
  wants: 'A backup appears in its place when it is complete, and not before.',
  remedy: 'Write it under another name, and rename it when all is written.',
})

export const olderState = rule({
  id: 'recovery/trap-files-older-state',
  level: 'info',
  reference: duplicity,
  says: () => 'Part of the last backup is absent, so that the one before it was restored: a warning, and exit code 0.',
  wants: 'A restore says which state it brings back, and fails when that is not the last one.',
  remedy: 'Save a list of what there is in a set of its own, and compare what came back with it.',
})

/** Words of the tools, and what they mean. */
const traps = [
  [/Bad session key|wrong password or no key found/, wrongPassphrase],
  [/KeyError: \d+|(?:Load\(|StreamPack:).* open .*no such file|Fatal: repository contains errors/, partMissing],
  [/SHA1 hash mismatch|Manifest hash:|ciphertext verification failed|invalid data returned/, partDamaged],
  [/repository is already locked/, repositoryLocked],
  [/Restore destination directory .* already exists/, targetNotEmpty],
  [/Unexpected EOF in archive/, backupCutOff],
] as const

/** How the trap of a file backup is called, by what its tool wrote when it failed. */
export const trapFiles = check({
  id: 'recovery/trap-files',
  rules: [wrongPassphrase, partMissing, partDamaged, repositoryLocked, targetNotEmpty, backupCutOff, olderState],
  *run({ attempts, differences = [] }: Seen) {
    const output = attempts
      .filter(({ said }) => said === 'failed' || said === 'hung')
      .map((each) => each.output)
      .join('\n')
    for (const [words, which] of traps) if (words.test(output)) yield which.at('output')
    const last = attempts.at(-1)
    if (last?.said === 'done' && differences.length > 0 && /found (?:signatures|incomplete)/.test(last.output)) {
      yield olderState.at('output')
    }
  },
  examples: [
    { title: 'it failed without a word that is known', given: wrote('exit code 50'), yields: [] },
    { title: 'it went well', given: wrote('Manifest hash: 1', 'done'), yields: [] },
    {
      title: 'duplicity with another passphrase',
      given: wrote('gpg: decryption failed: Bad session key'),
      yields: [wrongPassphrase],
    },
    { title: 'duplicity without a volume', given: wrote(' KeyError: 3'), yields: [partMissing] },
    {
      title: 'restic asks for a pack until it is stopped',
      given: wrote('Load(<data/25ee>, 9, 0) returned error, retrying: open /srv/repository/25ee: no such file', 'hung'),
      yields: [partMissing],
    },
    {
      title: 'a changed byte',
      given: wrote('Calculated hash: 9680\n Manifest hash: 582d'),
      yields: [partDamaged],
    },
    {
      title: 'a lock',
      given: wrote('unable to create lock: repository is already locked by PID 7'),
      yields: [repositoryLocked],
    },
    {
      title: 'a restore before this one',
      given: wrote('Restore destination directory /srv/restored already exists.'),
      yields: [targetNotEmpty],
    },
    {
      title: 'an increment without its manifest',
      given: {
        ...wrote('Warning, found signatures but no corresponding backup files', 'done'),
        differences: [{ kind: 'missing', key: 'a' }],
      },
      yields: [olderState],
    },
    {
      title: 'what a killed backup left is passed over, and nothing is missing',
      given: wrote('Warning, found incomplete backup sets, probably left from aborted session', 'done'),
      yields: [],
    },
    { title: 'half an archive', given: wrote('tar: Unexpected EOF in archive'), yields: [backupCutOff] },
  ],
})

function wrote(output: string, said: 'done' | 'failed' | 'hung' = 'failed'): Seen {
  return {
    drill: 'files-restored',
    procedure: 'duplicity',
    possible: 'recovery',
    attempts: [{ verb: 'restore', said, exitCode: said === 'done' ? 0 : 30, durationMs: 900, output }],
    differences: [],
    entries: 3,
    recoveryMs: undefined,
    witnessed: [],
  }
}
