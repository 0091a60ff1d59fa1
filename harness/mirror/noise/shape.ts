/**
 * What stays of a value that is another one each time: how it is made. An id that becomes null, a word, or half as long keeps
 * nothing of its shape; the next id keeps all.
 */
export function shapeOf(value: string): string {
  if (value === '') return 'empty'
  if (/^-?\d+$/.test(value)) return `integer of ${value.replace('-', '').length} digits`
  if (/^-?\d+\.\d+$/.test(value)) return `number of ${value.replace(/^-/, '').indexOf('.')} digits`
  if (/^(?:null|true|false|undefined|NaN)$/.test(value)) return value
  const runs = value
    .replaceAll(/[\p{L}\p{N}]+/gu, (run) => (/^\d+$/.test(run) ? '9' : 'a'))
    .replaceAll(/\s+/g, ' ')
    .slice(0, 60)
  return `${runs} of ${value.length}`
}

/** A value as a point, where it is a number or a date: what is far from another can be told from what is near. */
export function pointOf(value: string): number | undefined {
  if (/^-?\d+(?:\.\d+)?$/.test(value)) return Number(value)
  if (!/\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d/.test(value)) return undefined
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : date
}
