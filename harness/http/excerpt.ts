const longest = 120
const control = /[\u0000-\u001f\u007f-\u009f]/
const controls = /[\u0000-\u001f\u007f-\u009f]/g
const escaped = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`

/** A seen value as it may stand in a sentence: at most 120 characters, control characters as `\xNN`. */
export function excerpt(value: string): string {
  if (value.length <= longest && !control.test(value)) return value
  // Cut first: a header of many kilobytes is not worth escaping.
  const text = value.slice(0, longest + 1).replace(controls, escaped)
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`
}
