/** Whether a path is meant by a pattern of glob(7): `*`, `?`, `[...]`, none of which stands for a slash or a leading dot. */
export function matchesGlob(path: string, pattern: string): boolean {
  const names = path.split('/')
  const patterns = pattern.split('/')
  return names.length === patterns.length && names.every((name, at) => matchesName(name, patterns[at] ?? ''))
}

/** Goes back only to the last star, so that no pattern takes longer than the two lengths multiplied. */
function matchesName(name: string, pattern: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  const signs = signsOf(pattern)
  let at = 0
  let sign = 0
  let star = -1
  let starAt = 0
  while (at < name.length) {
    const here = signs[sign]
    if (here === '*') {
      star = sign
      starAt = at
      sign++
    } else if (here?.(name.charAt(at)) === true) {
      at++
      sign++
    } else if (star === -1) return false
    else {
      sign = star + 1
      starAt++
      at = starAt
    }
  }
  return signs.slice(sign).every((rest) => rest === '*')
}

type Sign = '*' | ((character: string) => boolean)

function signsOf(pattern: string): readonly Sign[] {
  const signs: Sign[] = []
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at)
    const close = character === '[' ? pattern.indexOf(']', at + 2) : -1
    if (character === '*') signs.push('*')
    else if (character === '?') signs.push(() => true)
    else if (close !== -1) {
      const set = pattern.slice(at + 1, close)
      signs.push((one) => inSet(one, set))
      at = close
    } else signs.push((one) => one === character)
  }
  return signs
}

function inSet(character: string, set: string): boolean {
  const not = /^[!^]/.test(set)
  const members = not ? set.slice(1) : set
  for (let at = 0; at < members.length; at++) {
    const first = members.charAt(at)
    const range = members.charAt(at + 1) === '-' && at + 2 < members.length
    const last = range ? members.charAt(at + 2) : first
    if (character >= first && character <= last) return !not
    if (range) at += 2
  }
  return not
}
