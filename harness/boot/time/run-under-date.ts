/** Where the libraries lie that give programs another date, in the order in which they are preloaded. */
export const libraries = ['/seatrial/monotonic.so', '/seatrial/libfaketime.so']

/** Programs that an image needs so that a command can be run in it under a date. */
const needed = ['sh', 'date', 'timeout', 'env', 'grep', 'head', 'tail', 'mktemp', 'mkfifo', 'readlink', 'sleep']

/**
 * Runs a command under a date: sh -c SCRIPT sh AT ZONE LIMIT READY COMMAND... Its standard output is what it saw, an
 * empty line, and the end of what the command wrote; its standard error the end of what that wrote.
 *
 * The date is a distance to the real one and no date of its own, so that every process of the tree has the same clock,
 * however late it begins. Monotonic clocks stay as they are: waits must last as long as they do. Whoever runs beside
 * PID 1 and this script belongs to the command, and is ended with it.
 */
export const runUnderDate = `at=$1 zone=$2 limit=$3 ready=$4
shift 4
here=$(mktemp -d) || exit 120
millis() {
  now=$(date +%s%3N)
  case $now in *[!0-9]*) now=$(date +%s)000 ;; esac
  echo "$now"
}
export TZ="$zone"
start=$(millis)
offset=$((at * 1000 - start))
sign=+
[ "$offset" -ge 0 ] || { sign=-; offset=$((-offset)); }
fake=$sign$((offset / 1000)).$(printf %03d $((offset % 1000)))
under() {
  env LD_PRELOAD="${libraries.join(':')}\${LD_PRELOAD:+:$LD_PRELOAD}" FAKETIME="$fake" FAKETIME_DONT_FAKE_MONOTONIC=1 "$@"
}
began=$(under date '+%s %z' 2>&1)

mkfifo "$here/out.pipe" "$here/err.pipe"
tail -c 16384 <"$here/out.pipe" >"$here/out" & out=$!
tail -c 16384 <"$here/err.pipe" >"$here/err" & err=$!
{
  under timeout -k 2 "$limit" "$@" >"$here/out.pipe" 2>"$here/err.pipe" </dev/null
  echo $? >"$here/code.part"
  mv "$here/code.part" "$here/code"
} 2>/dev/null & job=$!
own() { case " 1 $$ $out $err $job " in *" $1 "*) return 0 ;; esac; return 1; }

# A process without the library sees the real date: a static one, or one that has the C library and not this one, which
# is loaded before it.
: >"$here/untouched"
has() { grep -qs "$1" "$maps"; }
look() {
  grep -sL libfaketime /proc/[0-9]*/maps >"$here/look"
  while read -r maps; do
    pid=\${maps#/proc/}
    pid=\${pid%/maps}
    own "$pid" && continue
    # What is about to become the program that watches the time, which has the library.
    grep -qs "^PPid:.*[^0-9]$job$" "/proc/$pid/status" && continue
    exe=$(readlink "/proc/$pid/exe") || continue
    # It may end at any moment: what is not there must not be taken for what is missing in it.
    head -c 4096 "/proc/$pid/exe" >"$here/page" 2>/dev/null
    grep -q ELF "$here/page" || continue
    if grep -q /ld- "$here/page"; then
      has '/libc[.-]' && ! has libfaketime && has '/libc[.-]' || continue
    fi
    grep -qxF "$exe" "$here/untouched" || echo "$exe" >>"$here/untouched"
  done <"$here/look"
}
finish() {
  for each in /proc/[0-9]*; do
    own "\${each#/proc/}" || kill -9 "\${each#/proc/}" 2>/dev/null
  done
}

end=exit
pause=0.03
while :; do
  [ ! -e "$here/code" ] || break
  look
  if [ -n "$ready" ] && under timeout -k 1 5 sh -c "$ready" >/dev/null 2>&1 </dev/null; then
    # What answers may be another than what has just ended.
    [ -e "$here/code" ] || end=ready
    break
  fi
  [ $(($(millis) - start)) -lt $((limit * 1000 + 5000)) ] || { end=hung; break; }
  sleep "$pause"
  case $pause in 0.03) pause=0.1 ;; 0.1) pause=0.25 ;; esac
done
lasted=$(($(millis) - start))
ended=$(under date +%s 2>&1)
finish
wait "$out" "$err" "$job" 2>/dev/null
read -r code <"$here/code" || code=137
case $code in 124 | 137) [ "$end" != exit ] || [ "$lasted" -lt $((limit * 1000)) ] || end=hung ;; esac
printf 'began %s\\nended %s\\nlasted %s\\nend %s\\ncode %s\\n' "$began" "$ended" "$lasted" "$end" "$code"
while read -r exe; do echo "untouched $exe"; done <"$here/untouched"
echo
cat "$here/out"
cat "$here/err" >&2
rm -rf "$here"
`

/**
 * Looks for what a command names, itself, the programs that it is given and the words of the scripts that it is given:
 * sh -c SCRIPT sh COMMAND... Lines are `missing TOOL`, `absent PROGRAM`, `static FILE`, `foreign` for an image of musl.
 */
export const lookAtCommand = `export LC_ALL=C
for tool in ${needed.join(' ')}; do command -v "$tool" >/dev/null || echo "missing $tool"; done
command -v "$1" >/dev/null || echo "absent $1"
ls /lib/ld-musl-* >/dev/null 2>&1 && ! ls /lib*/ld-linux* /lib/*/ld-linux* 2>/dev/null | grep -q . && echo foreign
words() {
  printf '%s\\n' "$@"
  for word in "$@"; do
    file=$(command -v "$word") || file=$word
    [ -f "$file" ] && ! head -c 4 "$file" | grep -q ELF && head -c 65536 "$file"
  done
}
words "$@" | tr -cs 'A-Za-z0-9_./+-' '\\n' | sort -u | while read -r word; do
  case $word in *.so | *.so.* | '') continue ;; esac
  file=$(command -v "$word") || continue
  [ -f "$file" ] || continue
  head -c 4 "$file" | grep -q ELF || continue
  head -c 4096 "$file" | grep -q /ld- || echo "static $file"
done
exit 0
`
