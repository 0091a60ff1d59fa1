/** Where a rule is written down, so that a reader can check us. */
export interface Reference {
  readonly title: string
  readonly url: string
}

/** A section of an RFC: `rfc(9111, '5.1')`. Without a section, the whole document. */
export function rfc(number: number, section?: string): Reference {
  const url = `https://www.rfc-editor.org/rfc/rfc${number}`
  return section === undefined
    ? { title: `RFC ${number}`, url }
    : { title: `RFC ${number} section ${section}`, url: `${url}#section-${section}` }
}

/** Any other document, by its title and address. */
export function document(title: string, url: string): Reference {
  return { title, url }
}
