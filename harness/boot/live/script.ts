import { quoted } from '../../kernel/index.ts'
import type { Declared } from '../declared.ts'

/**
 * The one script that asks a host. It needs a POSIX shell (dash, that of busybox), /proc and the tools of either; what
 * is not there makes its own part unknown and no other. It writes nothing, so that it works on a root that is read-only,
 * and asks systemd over PID 1's own socket, which answers in emergency mode too.
 *
 * Each part is a line `MARK name exit-code`, then what its command said; of one that failed the end of its complaints.
 * The mark is drawn anew for each script, so that nothing on the host can hold it: to put something in front of each line
 * would cost a process a part, which a machine without hardware acceleration takes long for.
 */
export function scriptFor(declared: Declared, { mark, started = false, packages = false }: ScriptOptions): string {
  const units = [...declared.services.map(({ unit }) => unit), ...declared.timers].map(quoted).join(' ')
  return [
    `mark=${quoted(mark)}`,
    head,
    ...parts.map((name) => `part ${name} ask_${name}`),
    `part units ask_units ${units}`,
    ...Object.keys(declared.kernel).map((name) => `part kernel ask_kernel ${quoted(name)}`),
    ...declared.data.map((path) => `part data ask_data ${quoted(path)}`),
    ...declared.temporary.map((path) => `part temporary ask_temporary ${quoted(path)}`),
    ...declared.answers.map(({ command }) => `part answers ask_answer ${quoted(command)}`),
    ...(started ? ['part started ask_started'] : []),
    ...(packages ? ['part packages ask_packages'] : []),
    'exit 0',
    '',
  ].join('\n')
}

export interface ScriptOptions {
  readonly mark: string
  /** Ask for what starts by itself too. */
  readonly started?: boolean
  /** Ask for what is installed too. */
  readonly packages?: boolean
}

const parts = [
  'container',
  'boot',
  'system',
  'targets',
  'jobs',
  'mounts',
  'devices',
  'names',
  'mapped',
  'opened',
  'swaps',
  'arrays',
  'tcp',
  'hostname',
  'clock',
  'firewall',
  'fstab',
]

// In a template of its own each backslash would have to be doubled; String.raw keeps it a shell script.
const head = String.raw`
export LC_ALL=C SYSTEMD_COLORS=0 SYSTEMD_PAGER= PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"
part() {
  name=$1; shift
  if out=$("$@" 2>/dev/null); then code=0; else code=$?; out=$("$@" 2>&1 | tail -n 3); fi
  printf '%s %s %s\n' "$mark" "$name" "$code"
  [ -z "$out" ] || printf '%s\n' "$out"
}
is_there() { command -v "$1" >/dev/null 2>&1 || { echo "$1 is not there" >&2; return 127; }; }

ask_container() {
  if [ -r /run/systemd/container ]; then cat /run/systemd/container
  elif [ -e /.dockerenv ]; then echo docker
  elif [ -e /run/.containerenv ]; then echo podman
  fi
}
ask_boot() {
  cat /proc/sys/kernel/random/boot_id || return
  # When PID 1 was started: the one thing that a restart of a container changes.
  read -r stat < /proc/1/stat || return
  set -- $(printf '%s' "$stat" | sed 's/.*) //')
  shift 19; echo "$1"
}
ask_system() {
  is_there systemctl || return
  systemctl show -p SystemState -p NJobs -p UserspaceTimestampMonotonic -p FinishTimestampMonotonic || return
  echo "DefaultTarget=$(systemctl get-default)"
}
ask_targets() {
  is_there systemctl || return
  systemctl list-units --type=target --state=active --no-legend --no-pager --plain || return
}
ask_units() {
  is_there systemctl || return
  failed=$(systemctl list-units --state=failed --all --no-legend --no-pager --plain) || return
  failed=$(printf '%s\n' "$failed" | sed 's/^[^A-Za-z0-9]*//; s/ .*//')
  for unit in $failed; do set -- "$@" "$unit"; done
  [ $# -gt 0 ] || return 0
  printf 'asked %s\n' "$@"
  systemctl show -p LoadState -p ActiveState -p SubState -p UnitFileState -p Result -p Type -p NRestarts \
    -p ExecMainStartTimestampMonotonic -- "$@"
}
ask_jobs() {
  is_there journalctl || return
  fields=UNIT,JOB_RESULT,JOB_TYPE,MESSAGE_ID,MESSAGE
  # Unit starting, started, failed: systemd's own message ids, which the journal finds by an index.
  journalctl --no-pager -q -b -n 20000 -o json --output-fields=$fields _PID=1 \
    MESSAGE_ID=7d4958e842da4a758f6c1cdc7b36dcc5 MESSAGE_ID=39f53479d3a045ac8e11786248231fbf \
    MESSAGE_ID=be02cf6855d2428ba40df7e9d022f03d
}
ask_mounts() { cat /proc/self/mountinfo; }
ask_devices() {
  while read -r _ _ numbers _; do
    case $numbers in 0:*) continue;; esac
    [ -r "/sys/dev/block/$numbers/uevent" ] || continue
    while IFS='=' read -r key value; do
      [ "$key" != DEVNAME ] || echo "$numbers /dev/$value"
    done < "/sys/dev/block/$numbers/uevent"
  done < /proc/self/mountinfo
}
ask_names() {
  [ -d /dev/disk ] || { echo "there is no /dev/disk: udev does not run" >&2; return 1; }
  ls -l /dev/disk/by-uuid /dev/disk/by-label /dev/disk/by-partuuid /dev/disk/by-partlabel /dev/disk/by-id \
    /dev/md /dev/mapper 2>/dev/null
  return 0
}
ask_mapped() { [ ! -d /dev/mapper ] || ls /dev/mapper; }
ask_opened() {
  for mapping in /sys/block/dm-*/dm; do
    [ -r "$mapping/uuid" ] || continue
    case $(cat "$mapping/uuid") in CRYPT-*) cat "$mapping/name" ;; esac
  done
}
ask_swaps() { [ ! -e /proc/swaps ] || cat /proc/swaps; }
ask_arrays() { [ ! -e /proc/mdstat ] || cat /proc/mdstat; }
ask_tcp() {
  cat /proc/net/tcp || return
  [ ! -e /proc/net/tcp6 ] || cat /proc/net/tcp6
}
ask_hostname() {
  cat /proc/sys/kernel/hostname || return
  [ ! -r /etc/hostname ] || grep -v '^ *\(#\|$\)' /etc/hostname
  return 0
}
ask_clock() { date +%s; }
ask_firewall() {
  if command -v nft >/dev/null 2>&1; then echo nft; nft -s list ruleset
  elif command -v iptables-save >/dev/null 2>&1; then
    echo iptables
    rules=$(iptables-save) || return
    printf '%s\n' "$rules" | sed -e '/^#/d' -e 's/\[[0-9]*:[0-9]*\]//'
  fi
}
ask_fstab() { [ ! -e /etc/fstab ] || cat /etc/fstab; }
ask_kernel() {
  # As sysctl has it: whichever of dot and slash comes first parts the names.
  case $1 in
    *[./]*) first=$(printf '%s' "$1" | sed 's/^[^./]*\(.\).*/\1/') ;;
    *) first=. ;;
  esac
  if [ "$first" = . ]; then file=$(printf '%s' "$1" | tr './' '/.'); else file=$1; fi
  echo "$1"
  [ ! -e "/proc/sys/$file" ] || cat "/proc/sys/$file"
}
ask_data() {
  echo "$1"
  [ -e "$1" ] || { echo absent; return 0; }
  is_there sha256sum && is_there stat && is_there find || return
  if [ -d "$1" ]; then cd "$1" || return; top=.; else top=$1; fi
  about=$(find "$top" -xdev -exec stat -c '%f %u %g %N' {} +) || return
  sums=$(find "$top" -xdev -type f -exec sha256sum {} +) || return
  [ -z "$sums" ] && echo 0 || printf '%s\n' "$sums" | grep -c .
  { printf '%s\n' "$about" | sort; printf '%s\n' "$sums" | sort; } | sha256sum
}
ask_temporary() {
  echo "$1"
  [ ! -d "$1" ] || ls -A "$1" | head -n 20
}
ask_answer() {
  # Not echo: that of dash reads backslashes.
  printf '%s\n' "$1"
  # A command that fails is an answer; one that never ends would take the others with it.
  if command -v timeout >/dev/null 2>&1; then said=$(timeout 30 sh -c "$1" 2>&1 </dev/null); ended=$?
  else said=$(sh -c "$1" 2>&1 </dev/null); ended=$?
  fi
  echo "$ended $(printf '%s' "$said" | cksum)"
  printf '%s' "$said" | head -c 2000
}
ask_packages() {
  if command -v dpkg-query >/dev/null 2>&1; then
    of='$'
    dpkg-query -W -f "$of{db:Status-Abbrev} $of{binary:Package} $of{Version}\n" | sed -n 's/^.i *//p'
  elif command -v rpm >/dev/null 2>&1; then rpm -qa --qf '%{NAME}.%{ARCH} %{EVR}\n'
  elif command -v apk >/dev/null 2>&1; then apk list --installed 2>/dev/null | sed 's/^\(.*\)-\([0-9][^ ]*\) .*/\1 \2/'
  else echo "neither dpkg, rpm nor apk is there" >&2; return 1
  fi
}
ask_started() {
  is_there systemctl || return
  all=$(systemctl list-unit-files --type=service --type=timer --state=enabled --no-legend --no-pager) || return
  set --
  for unit in $(printf '%s\n' "$all" | sed 's/ .*//'); do
    case $unit in *@.*) ;; *) set -- "$@" "$unit" ;; esac
  done
  [ $# -gt 0 ] || return 0
  systemctl show -p Id -p ActiveState -p UnitFilePreset -p FragmentPath -p Type -p RemainAfterExit -- "$@"
}
`
