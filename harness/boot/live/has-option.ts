/** What fstab's readers keep for themselves: no option that the kernel would show. */
const forReaders =
  /^(?:defaults|auto|noauto|nofail|_netdev|user|users|nouser|owner|group|loop(?:=.*)?|bind|rbind|comment=.*|x-.*|X-.*)$/

/** Options that are there when their contrary is not. */
const contraries: Readonly<Record<string, string>> = {
  rw: 'ro',
  exec: 'noexec',
  suid: 'nosuid',
  dev: 'nodev',
  async: 'sync',
  atime: 'noatime',
  diratime: 'nodiratime',
}

/** Whether a mount has an option that is declared as fstab would have it. */
export function mountHas(options: readonly string[], option: string): boolean {
  if (forReaders.test(option)) return true
  const contrary = contraries[option]
  if (contrary !== undefined) return !options.includes(contrary)
  const [name, value] = pairOf(option)
  return options.some((each) => {
    const [given, has] = pairOf(each)
    // A share of the memory and the name of an account become numbers that only the host knows.
    return given === name && (value === has || /%$|^[a-z]/i.test(value) || amountOf(value) === amountOf(has))
  })
}

function pairOf(option: string): [string, string] {
  const at = option.indexOf('=')
  return at < 0 ? [option, ''] : [option.slice(0, at), option.slice(at + 1)]
}

/** `64M` and `65536k`, `0755` and `755` are the same. */
function amountOf(value: string): string {
  const [, number, unit = ''] = /^(\d+)([kmg]?)$/i.exec(value) ?? []
  if (number === undefined) return value
  const factors: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }
  return String(Number(number) * (factors[unit.toLowerCase()] ?? 1))
}
