/** Tools of the machine's own, so that the image needs none but sh and date. */
const tools = 'b=/run/seatrial/busybox'

/** What a kernel alone does not give: terminals, shared memory, the standard streams by name, a loopback. */
export const readyMachine = `${tools}
set -e
$b mkdir -p /dev/pts /dev/shm /tmp
$b chmod 1777 /tmp
$b mount -t devpts devpts /dev/pts
$b mount -t tmpfs -o mode=1777 shm /dev/shm
$b ln -sfn /proc/self/fd /dev/fd
for each in 0:stdin 1:stdout 2:stderr; do $b ln -sfn "fd/\${each%:*}" "/dev/\${each#*:}"; done
$b ifconfig lo 127.0.0.1 up
`

/**
 * Runs a command under a date of the machine: sh -c SCRIPT sh AT ZONE LIMIT READY USER COMMAND... It prints what
 * `datedResult` reads. The clock is the kernel's, so that it reaches every program; what lasts is measured by the time
 * since the boot, which no date moves. Whatever is there afterwards and was not before belongs to the command, and is
 * ended with it.
 */
export const runOnMachine = `${tools}
at=$1 zone=$2 limit=$3 ready=$4 user=$5
shift 5
here=$($b mktemp -d) || exit 120
millis() {
  read -r up rest </proc/uptime
  echo "\${up%.*}\${up#*.}0"
}
[ -z "$user" ] || set -- su -p -s /bin/sh "$user" -c 'exec "$0" "$@"' "$@"
before=" $(cd /proc && echo [0-9]*) "
export TZ="$zone"
$b date -s "@$at" >/dev/null || exit 121
start=$(millis)
began=$(date '+%s %z' 2>&1)

$b mkfifo "$here/out.pipe" "$here/err.pipe"
$b tail -c 16384 <"$here/out.pipe" >"$here/out" & out=$!
$b tail -c 16384 <"$here/err.pipe" >"$here/err" & err=$!
{
  $b timeout -k 2 "$limit" "$@" >"$here/out.pipe" 2>"$here/err.pipe" </dev/null
  echo $? >"$here/code.part"
  $b mv "$here/code.part" "$here/code"
} 2>/dev/null & job=$!
finish() {
  for each in /proc/[0-9]*; do
    case "$before$$ $out $err $job " in *" \${each#/proc/} "*) ;; *) kill -9 "\${each#/proc/}" 2>/dev/null ;; esac
  done
}

end=exit
while :; do
  [ ! -e "$here/code" ] || break
  if [ -n "$ready" ] && $b timeout 5 sh -c "$ready" >/dev/null 2>&1 </dev/null; then
    # What answers may be another than what has just ended.
    [ -e "$here/code" ] || end=ready
    break
  fi
  [ $(($(millis) - start)) -lt $((limit * 1000 + 5000)) ] || { end=hung; break; }
  $b sleep 0.1
done
lasted=$(($(millis) - start))
ended=$(date +%s 2>&1)
finish
wait "$out" "$err" "$job" 2>/dev/null
read -r code <"$here/code" || code=137
case $code in 124 | 137 | 143) [ "$end" != exit ] || [ "$lasted" -lt $((limit * 1000)) ] || end=hung ;; esac
printf 'began %s\\nended %s\\nlasted %s\\nend %s\\ncode %s\\n' "$began" "$ended" "$lasted" "$end" "$code"
echo
$b cat "$here/out"
$b cat "$here/err" >&2
$b rm -rf "$here"
`
