type Data = Readonly<Record<string, unknown>>

/** `over` laid on `base`: objects are joined key by key, anything else, lists too, is replaced. */
export function overlay(base: unknown, over: unknown): unknown {
  if (over === undefined) return base
  if (!isData(base) || !isData(over)) return over
  const keys = new Set([...Object.keys(base), ...Object.keys(over)])
  return Object.fromEntries([...keys].map((key) => [key, overlay(base[key], over[key])]))
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Freezes plain data to its depths. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inside of Object.values(value)) deepFreeze(inside)
  return Object.freeze(value)
}
