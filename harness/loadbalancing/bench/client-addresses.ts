/**
 * The addresses that a field about the client names, in their order, without ports: those of a list with commas, as
 * X-Forwarded-For has it, and the `for` of each element of Forwarded (RFC 7239 section 4).
 */
export function clientAddresses(field: string, lines: readonly string[]): readonly string[] {
  const elements = lines.flatMap((line) => line.split(','))
  const nodes =
    field.toLowerCase() === 'forwarded'
      ? elements.flatMap((element) => /(?:^|;)\s*for=("[^"]*"|[^;\s]*)/i.exec(element)?.[1] ?? [])
      : elements
  return nodes.map(bare).filter((address) => address !== '')
}

function bare(node: string): string {
  const text = node.trim().replaceAll('"', '').toLowerCase()
  const inBrackets = /^\[(.*)\](?::\d+)?$/.exec(text)?.[1]
  const withPort = /^([\d.]+):\d+$/.exec(text)?.[1]
  // A socket for both families knows a visitor of IPv4 by such an address (RFC 4291 section 2.5.5.2).
  return (inBrackets ?? withPort ?? text).replace(/^::ffff:(?=[\d.]+$)/, '')
}
