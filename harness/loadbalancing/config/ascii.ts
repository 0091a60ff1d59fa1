/** Codes of characters that grammars of configurations are made of. */
export const tab = 9
export const lineFeed = 10
export const carriageReturn = 13
export const space = 32
export const doubleQuote = 34
export const hash = 35
export const dollar = 36
export const singleQuote = 39
export const backslash = 92
export const deleted = 127
