import { SeatrialError } from '../../kernel/index.ts'
import type { Machine } from '../../substrate/index.ts'
import type { Witnessed } from '../seen.ts'
import type { KillWhen } from './kill-when.ts'
import { holdsMoreThan } from './kill-when.ts'

/** A line of the files that are saved; whoever finds it in a repository can read what was saved. */
export const canary = 'canary-of-the-harbour'

/**
 * Changes one byte in the middle of the largest file below a folder: in the data, not in what is written about it.
 *
 * @returns which byte it was, for people
 * @throws SeatrialError `SEATRIAL_NOT_SPOILED` (unsettled) when it is not changed afterwards
 */
export async function changeByte(machine: Machine, folder: string): Promise<string> {
  return spoil(
    machine,
    folder,
    `file=$(find . -type f -printf '%s %p\\n' | sort -n | tail -n 1 | cut -d ' ' -f 2-)
at=$(($(stat -c %s "$file") / 2))
byte() { od -An -tu1 -j "$at" -N 1 "$file" | tr -d ' '; }
was=$(byte)
chmod u+w "$file"
printf "$(printf '\\\\%03o' $((was ^ 1)))" | dd of="$file" bs=1 seek="$at" conv=notrunc status=none
[ "$(byte)" -eq $((was ^ 1)) ]
echo "byte $at of $file"`,
  )
}

/**
 * Takes one file away: the `largest`, which is data, or the `newest`, which is most often what is written about the last
 * backup. Where there are several repositories in folders, it is one of the largest.
 *
 * @returns which file it was, for people
 * @throws SeatrialError `SEATRIAL_NOT_SPOILED` (unsettled) when it is still there
 */
export async function takeFileAway(machine: Machine, folder: string, which: 'largest' | 'newest'): Promise<string> {
  const order = which === 'largest' ? '%s' : '%T@'
  return spoil(
    machine,
    folder,
    `most=$(du -sk ./*/ 2>/dev/null | sort -n | tail -n 1 | cut -f 2-)
cd "\${most:-.}"
file=$(find . -type f -printf '${order} %p\\n' | sort -n | tail -n 1 | cut -d ' ' -f 2-)
rm "$file"
[ ! -e "$file" ]
echo "$file"`,
  )
}

async function spoil(machine: Machine, folder: string, lines: string): Promise<string> {
  const { exitCode, stdout, stderr } = await machine.exec(['bash', '-euc', `cd "$0"\n${lines}`, folder])
  if (exitCode === 0 && stdout.trim() !== '') return stdout.trim()
  throw new SeatrialError(
    'SEATRIAL_NOT_SPOILED',
    `nothing in ${folder} could be spoiled: ${stderr.trim() || 'no file'}`,
    {
      mend: 'The backup must leave files in REPOSITORY.',
      because: 'setup',
    },
  )
}

/** Whether what was saved can be read in a folder without a passphrase: as it is, or with what unpacks any file. */
export async function readableIn(machine: Machine, folder: string): Promise<readonly Witnessed[]> {
  const { exitCode, stdout, stderr } = await machine.exec(['bash', '-c', search, 'search', folder, canary])
  if (exitCode !== 0) throw new Error(`${folder} of ${machine.name} cannot be searched: ${stderr.trim()}`)
  const where = stdout.trim()
  return where === '' ? [] : [{ kind: 'readable', where: `a line of a file stands in ${where.split('\n').join(', ')}` }]
}

const search = `cd "$1" || exit
find . -type f -print0 | while IFS= read -r -d '' file; do
  for unpack in cat 'gzip -dc' 'bzip2 -dc' 'xz -dc' 'zstd -dc'; do
    if $unpack "$file" 2>/dev/null | grep -aqF "$2"; then echo "$file"; break; fi
  done
done
exit 0`

/** A backup is killed when it has written so many bytes more than there are now. */
export async function grownBy(machine: Machine, folder: string, bytes: number): Promise<KillWhen> {
  const { exitCode, stdout, stderr } = await machine.exec(['du', '-sk', folder])
  if (exitCode !== 0) throw new Error(`${folder} of ${machine.name} cannot be measured: ${stderr.trim()}`)
  const kib = Number.parseInt(stdout, 10) + bytes / 1_024
  return { name: `${bytes} bytes more were saved`, holds: holdsMoreThan(folder, kib) }
}
