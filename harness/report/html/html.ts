import { markup } from '../escape.ts'

/** Text that is markup already. Only {@link html} makes it, so nothing gets in unescaped. */
class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type { Html }

type Value = string | number | Html | readonly Html[]

/**
 * Markup with its values escaped, unless they were made by this very function. Attributes are
 * always in double quotes, and the page is well-formed XML too, so that a test can parse it.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  const parts = strings.map((string, index) => string + textOf(values[index] ?? ''))
  return new Html(parts.join(''))
}

function textOf(value: Value): string {
  if (value instanceof Html) return value.text
  if (typeof value === 'string') return markup(value)
  if (typeof value === 'number') return String(value)
  return value.map(textOf).join('')
}

/** Text that is safe already: our own style and script, or what was escaped line by line. */
export function trusted(text: string): Html {
  return new Html(text)
}

export const nothing: Html = new Html('')
