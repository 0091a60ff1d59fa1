/** More hosts than any inventory has. */
const most = 10_000

/**
 * The hosts that a name with ranges stands for: `app[01:03]` is app01, app02, app03; `[a:c]` and a step, `[0:8:2]`, are known too.
 * What is wanted instead, when a range is none. A name with a port of SSH, `app:2222`, loses it.
 */
export function expandRange(pattern: string): readonly string[] | { readonly wanted: string } {
  const named = pattern.replace(/^(\[[\da-f:]*:[\da-f:]*\]|[^:[\]]+(?:\[[^\]]*\][^:[\]]*)*):\d+$/i, '$1')
  return expand(named)
}

function expand(pattern: string): readonly string[] | { readonly wanted: string } {
  const open = pattern.indexOf('[')
  if (open === -1) return pattern.includes(']') ? { wanted: '[ before ]' } : [pattern]
  const close = pattern.indexOf(']', open)
  if (close === -1) return { wanted: '] behind [' }
  const members = membersOf(pattern.slice(open + 1, close))
  if ('wanted' in members) return members
  const rest = expand(pattern.slice(close + 1))
  if ('wanted' in rest) return rest
  if (members.length * rest.length > most) return { wanted: `at most ${most} hosts in one range` }
  return members.flatMap((member) => rest.map((end) => `${pattern.slice(0, open)}${member}${end}`))
}

function membersOf(range: string): readonly string[] | { readonly wanted: string } {
  const [, first = '', last = '', stride = '1'] = /^(\d*|[A-Za-z]):(\d+|[A-Za-z])(?::(\d+))?$/.exec(range) ?? []
  const wanted = 'a range such as [01:03] or [a:c]'
  const step = Number(stride)
  const letters = /^[A-Za-z]$/.test(first) && /^[A-Za-z]$/.test(last)
  const numbers = /^\d*$/.test(first) && /^\d+$/.test(last)
  if (step === 0 || (!letters && !numbers)) return { wanted }
  const [from, to] = letters ? [first.charCodeAt(0), last.charCodeAt(0)] : [Number(first), Number(last)]
  if (to < from) return { wanted: 'a range whose last is not before its first' }
  if ((to - from) / step >= most) return { wanted: `at most ${most} hosts in one range` }
  // A zero in front means that all have as many digits.
  if (numbers && first.startsWith('0') && first.length > 1 && first.length !== last.length)
    return { wanted: 'as many digits in the last as in the first' }
  const width = numbers && first.startsWith('0') ? first.length : 0
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => {
    const number = from + at * step
    return letters ? String.fromCharCode(number) : String(number).padStart(width, '0')
  })
}
