import { check, document, rule } from '../../kernel/index.ts'
import type { Seen } from '../seen.ts'

const duplicity = document('duplicity(1)', 'https://duplicity.gitlab.io/stable/duplicity.1.html')

export const trapTemporarySpace = rule({
  id: 'recovery/trap-temporary-space',
  level: 'info',
  reference: duplicity,
  says: () => 'There was too little temporary space for what is unpacked on the way.',
  wants: 'A restore has temporary space for its largest file and its largest volume.',
  remedy:
    'Give it a folder with room: --tempdir beside the target, or TMPDIR. Restore at the size that the machine has.',
})

export const trapTargetFull = rule({
  id: 'recovery/trap-target-full',
  level: 'info',
  reference: duplicity,
  says: () => 'The disk that is restored to is full.',
  wants: 'Room for everything that comes back, and for the working files of the restore.',
  remedy: 'Look at the size of the backup before a restore begins, and at the room that there is.',
})

/** How the trap is called that a failed recovery fell into, by what it wrote. */
export const trap = check({
  id: 'recovery/trap',
  rules: [trapTemporarySpace, trapTargetFull],
  *run(given: Seen) {
    const wrong = given.attempts.some(({ said }) => said === 'failed') || (given.differences ?? []).length > 0
    // A change that is refused because there is no room fell into no trap.
    if (!wrong || given.possible === 'refusal') return
    const output = given.attempts.map((each) => each.output).join('\n')
    if (/No space left on device|insufficient|not enough (?:free )?space|approx \d+/i.test(output)) {
      // Tools seldom say which disk was full; what fits where it goes did not fail there.
      const fits = given.room !== undefined && given.room.neededBytes <= given.room.targetBytes
      yield fits ? trapTemporarySpace.at('output') : trapTargetFull.at('output')
    }
  },
  examples: [
    { title: 'nothing went wrong', given: wrote('No space left on device', 'done'), yields: [] },
    {
      title: 'the temporary folder is full',
      given: { ...wrote('[Errno 28] No space left on device'), room: room(16) },
      yields: [trapTemporarySpace],
    },
    {
      title: 'the target is full',
      given: { ...wrote('[Errno 28] No space left on device'), room: room(64) },
      yields: [trapTargetFull],
    },
    { title: 'something else', given: wrote('gpg: decryption failed: Bad session key'), yields: [] },
  ],
})

function room(neededBytes: number): NonNullable<Seen['room']> {
  return { temporaryBytes: 4, targetBytes: 32, neededBytes }
}

function wrote(output: string, said: 'done' | 'failed' = 'failed'): Seen {
  return {
    drill: 'files-restored',
    procedure: 'duplicity',
    possible: 'recovery',
    attempts: [{ verb: 'restore', said, exitCode: said === 'done' ? 0 : 50, durationMs: 900, output }],
    differences: [],
    entries: 3,
    recoveryMs: undefined,
    witnessed: [],
  }
}
