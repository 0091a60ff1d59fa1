const alphanumeric = '[A-Za-z0-9]'
const language = '(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})'
const script = '(?:-[A-Za-z]{4})?'
const region = '(?:-(?:[A-Za-z]{2}|[0-9]{3}))?'
const variants = `(?:-(?:${alphanumeric}{5,8}|[0-9]${alphanumeric}{3}))*`
const extensions = `(?:-[0-9A-WYZa-wyz](?:-${alphanumeric}{2,8})+)*`
const privateUse = `[xX](?:-${alphanumeric}{1,8})+`
// Registered before there was a grammar; those that fit it are not named here.
const irregular =
  '[eE][nN]-[gG][bB]-[oO][eE][dD]|[sS][gG][nN]-(?:[bB][eE]-(?:[fF][rR]|[nN][lL])|[cC][hH]-[dD][eE])|' +
  '[iI]-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)'

/** A regular expression's source for a language tag (RFC 5646 section 2.1). */
export const languageTagSource = `(?:${irregular}|${language}${script}${region}${variants}${extensions}(?:-${privateUse})?|${privateUse})`

const tag = new RegExp(`^${languageTagSource}$`)

/** True for a well-formed language tag (RFC 5646 section 2.1). Whether its parts are registered is not asked. */
export function isLanguageTag(text: string): boolean {
  return tag.test(text)
}
