/**
 * What an answer is made of, in the order in which it is written. A list becomes `<item>` elements, a date is
 * written as EC2 writes it, undefined is left out, empty text and an empty list are an empty element.
 */
export type Xml = string | number | boolean | Date | undefined | readonly Xml[] | { readonly [name: string]: Xml }

/** EC2's own form: no attributes, no mixed content, four spaces a level; `depth` is the level to begin at. */
export function writeXml(content: Xml, depth: number): string {
  if (typeof content !== 'object' || content instanceof Date) return content === undefined ? '' : scalar(content)
  const pad = indent(depth)
  let text = ''
  if (Array.isArray(content)) {
    // Array.isArray does not narrow a readonly list.
    for (const item of content as readonly Xml[]) text += element('item', item, pad, depth)
    return text
  }
  const members = content as { readonly [name: string]: Xml }
  for (const name in members) {
    const value = members[name]
    if (value !== undefined) text += element(name, value, pad, depth)
  }
  return text
}

function element(name: string, value: Xml, pad: string, depth: number): string {
  if (typeof value === 'object' && !(value instanceof Date)) {
    const inside = writeXml(value, depth + 1)
    return inside === '' ? `${pad}<${name}/>\n` : `${pad}<${name}>\n${inside}${pad}</${name}>\n`
  }
  if (value === undefined) return ''
  const inside = scalar(value)
  return inside === '' ? `${pad}<${name}/>\n` : `${pad}<${name}>${inside}</${name}>\n`
}

const pads: string[] = []
function indent(depth: number): string {
  return (pads[depth] ??= '    '.repeat(depth))
}

function scalar(value: string | number | boolean | Date): string {
  if (typeof value === 'string') return escapeText(value)
  if (value instanceof Date) return dateText(value)
  return String(value)
}

/** As EC2 writes dates: whole seconds with `.000Z`. */
export function dateText(date: Date): string {
  return `${date.toISOString().slice(0, 19)}.000Z`
}

const special = /[&<>\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/u
const eachSpecial = /[&<>\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/gu
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Characters that no XML 1.0 document can hold (XML 1.0 section 2.2) become U+FFFD, so that the answer stays one. */
export function escapeText(text: string): string {
  return special.test(text) ? text.replaceAll(eachSpecial, (each) => entities[each] ?? '\uFFFD') : text
}
