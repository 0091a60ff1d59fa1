/** The mount unit of a path, as `systemd-escape --path --suffix=mount` names it. */
export function mountUnitOf(path: string): string {
  return `${escaped(path)}.mount`
}

/** As systemd-escape --path does. */
function escaped(path: string): string {
  const plain = path.replaceAll(/\/+/g, '/').replaceAll(/^\/|\/$/g, '')
  if (plain === '') return '-'
  return [...Buffer.from(plain)]
    .map((byte, index) => {
      const character = String.fromCharCode(byte)
      if (character === '/') return '-'
      const bare = /[A-Za-z0-9:_]/.test(character) || (character === '.' && index > 0)
      return bare ? character : `\\x${byte.toString(16).padStart(2, '0')}`
    })
    .join('')
}
