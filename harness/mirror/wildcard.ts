/** A text of people's in which `*` stands for anything and everything else for itself, as a pattern of the whole. */
export function wildcard(text: string): RegExp {
  const words = text.split('*').map((part) => part.replaceAll(/[$()+.?[\\\]^{|}]/g, String.raw`\$&`))
  return new RegExp(`^${words.join('.*')}$`)
}
