const atom = "[A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~]+"
const dotAtom = `${atom}(?:\\.${atom})*`
const quoted = '"(?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\\t \\x21-\\x7e])*"'
const blank = '(?:[ \\t]|\\((?:[^()\\\\]|\\\\.)*\\))'
const address = `(?:${dotAtom}|${quoted})@(?:${dotAtom}|\\[[\\t \\x21-\\x5a\\x5e-\\x7e]*\\])`
const phrase = `(?:${atom}|${quoted})(?:${blank}+(?:${atom}|${quoted}))*`

/**
 * A mailbox (RFC 5322 section 3.4), as the source of a regular expression: an address, or a name
 * and an address in angle brackets. Obsolete forms and comments inside an address are left out.
 */
export const mailboxSource = `${blank}*(?:${address}|(?:${phrase}${blank}*)?<${address}>)${blank}*`
