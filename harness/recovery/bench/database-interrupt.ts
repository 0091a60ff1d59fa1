import { SeatrialError } from '../../kernel/index.ts'
import type { Machine } from '../../substrate/index.ts'

/** Who is ended: the whole script, as when its host goes down, or only the program that copies. */
export type Victim = 'script' | 'tool'

/**
 * Runs something on a machine, and ends it while one of the named programs runs that it started and the folder has
 * grown or shrunk by a quarter of a MiB. The program stands still while it is looked at, so that it surely had not ended.
 *
 * @throws SeatrialError `SEATRIAL_NOT_INTERRUPTED` (unsettled: prerequisite) when none of them was seen at work
 */
export async function endInTheMiddle<T>(
  host: Machine,
  {
    tools,
    folder,
    victim,
    work,
  }: {
    readonly tools: readonly string[]
    readonly folder: string
    readonly victim: Victim
    readonly work: () => Promise<T>
  },
): Promise<T> {
  const watching = host.exec(['bash', '-c', watch, 'watch', victim, folder, ...tools])
  const working = work()
  // The watcher is told that it is over, however it ended; an error is thrown by the second wait for it.
  await working.catch(() => undefined)
  await host.exec(['touch', over])
  const { exitCode, stdout } = await watching
  await host.exec(['rm', '-f', over])
  const result = await working
  if (exitCode !== 0) throw notInterrupted(tools, stdout)
  return result
}

function notInterrupted(tools: readonly string[], seen: string): SeatrialError {
  return new SeatrialError(
    'SEATRIAL_NOT_INTERRUPTED',
    `it had ended before anything could be ended in the middle${seen === '' ? '' : ` (${seen.trim()})`}`,
    { mend: `It is ended while one of these runs: ${tools.join(', ')}. Use one of them.`, because: 'prerequisite' },
  )
}

const over = '/seatrial/over'

// The chain of parents must lead to the script: the writer's client has the name of a tool too.
const watch = `victim=$1 folder=$2; shift 2
tools=" $* "
field() { local all; read -r all 2>/dev/null <"/proc/$1/stat" || return 1; all=\${all##*) }; set -- "$2" $all; shift "$1"; echo "$1"; }
ours() {
  local pid=$1
  while [ "$pid" -gt 1 ]; do
    case $(tr '\\0' ' ' 2>/dev/null <"/proc/$pid/cmdline") in *'/seatrial/procedure '*) return 0 ;; esac
    pid=$(field "$pid" 2) || return 1
  done
  return 1
}
size() { du -sk "$folder" 2>/dev/null | cut -f1; }
before=$(size)
moved() { local by=$(($(size) - before)); [ "\${by#-}" -ge 256 ]; }
# A pipe into which nobody writes: to wait on it costs no process.
exec 9<> <(:)
until [ -e ${over} ]; do
  read -r -t 0.002 -u 9
  for comm in /proc/[0-9]*/comm; do
    read -r name 2>/dev/null <"$comm" || continue
    [[ $tools == *" $name "* ]] || continue
    pid=\${comm#/proc/}; pid=\${pid%/comm}
    # It stands still while it is looked at, and goes on for some milliseconds between two looks.
    while kill -STOP "$pid" 2>/dev/null; do
      state=$(field "$pid" 1) group=$(field "$pid" 3)
      case $state in '' | Z | X) break ;; esac
      ours "$pid" || { kill -CONT "$pid"; break; }
      if moved; then
        if [ "$victim" = tool ]; then kill -KILL "$pid"; else kill -KILL -- "-$group"; fi
        exit 0
      fi
      kill -CONT "$pid"
      read -r -t 0.005 -u 9
    done
  done
done
exit 1`
