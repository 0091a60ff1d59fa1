import { createHash } from 'node:crypto'
import { SeatrialError } from '../../kernel/index.ts'
import type { Machine } from '../../substrate/index.ts'
import { markedDocument } from './database-engine.ts'

/** What becomes of a backup on the storage where it lies. */
export type Tampering = 'cut-off' | 'byte-changed' | 'log-missing'

/**
 * Spoils the newest backup: the file in which a certain document stands, or where all is compressed the largest file,
 * is cut off or gets another byte there. Only what was written since `mark` (a file) is looked at. Gives the file's name.
 *
 * @throws SeatrialError `SEATRIAL_NOT_SPOILED` (unsettled: prerequisite) when there is no such file
 */
export async function spoil(host: Machine, repository: string, how: Tampering, mark: string): Promise<string> {
  const piece = createHash('md5').update(`${markedDocument}/1`).digest('hex')
  const { exitCode, stdout, stderr } = await host.exec(['bash', '-euc', lines[how], 'spoil', repository, piece, mark])
  if (exitCode === 0) return stdout.trim()
  throw new SeatrialError('SEATRIAL_NOT_SPOILED', `the backup could not be spoiled: ${stderr.trim() || 'no file'}`, {
    mend: 'The script must put its backup into $REPOSITORY.',
    because: 'prerequisite',
  })
}

const find = `cd "$1"
file=$(find . -type f -newer "$3" -print0 | xargs -0 grep -laF -- "$2" | head -n 1) || true
if [ -n "$file" ]; then at=$(grep -obaF -- "$2" "$file" | head -n 1 | cut -d: -f1)
else
  file=$(find . -type f -newer "$3" -printf '%s %p\\n' | sort -n | tail -n 1 | cut -d' ' -f2-)
  [ -n "$file" ] && at=$(($(stat -c %s "$file") / 2))
fi`

const lines: Readonly<Record<Tampering, string>> = {
  'cut-off': `${find}
before=$(stat -c %s "$file"); truncate -s "$at" "$file"
[ "$(stat -c %s "$file")" -lt "$before" ]; echo "$file"`,
  // The lowest bit of a digit or letter makes another one of it: it stays text.
  'byte-changed': `${find}
byte=$(od -An -tu1 -j "$at" -N 1 "$file"); printf "\\\\x$(printf %x $((byte ^ 1)))" | dd of="$file" bs=1 seek="$at" conv=notrunc status=none
[ "$(od -An -tu1 -j "$at" -N 1 "$file")" != "$byte" ]; echo "$file"`,
  // Of the logs since the backup, the one in the middle: the oldest after the mark is the one in which it began.
  'log-missing': `cd "$1"
mapfile -t logs < <(find . -type f -newer "$3" \\( -name '*.[0-9][0-9][0-9][0-9][0-9][0-9]' -o -regextype posix-extended -regex '.*/[0-9A-F]{24}' \\) | sort)
[ "\${#logs[@]}" -ge 3 ] || { echo "logs since the backup: \${logs[*]}" >&2; exit 1; }
file=\${logs[$((\${#logs[@]} / 2))]}; rm -- "$file"; echo "$file"`,
}
