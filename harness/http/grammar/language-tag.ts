const tag = /^(?:[A-Za-z]{2,8}|[ix](?=-))(?:-[A-Za-z0-9]{1,8})*$/

/** True for the outer form of a language tag (RFC 5646 section 2.1): letters, then subtags of up to eight. */
export function isLanguageTag(text: string): boolean {
  return tag.test(text)
}
