/** Facts of one entry by their names: of a file its content, mode, owner and time; of a row its columns. */
export type Facts = Readonly<Record<string, string>>

/** What there is, by key: a path, the key of a row, the name of a volume. */
export type Manifest = ReadonlyMap<string, Facts>

export type Difference =
  | { readonly kind: 'missing' | 'extra'; readonly key: string }
  | {
      readonly kind: 'changed'
      readonly key: string
      readonly fact: string
      /** As it was, and as it came back; undefined where only one of the two has the fact. */
      readonly wanted: string | undefined
      readonly found: string | undefined
    }

/** Every difference between what was there and what came back, in the order of the keys. */
export function compareManifests(wanted: Manifest, found: Manifest): readonly Difference[] {
  const keys = [...new Set([...wanted.keys(), ...found.keys()])].toSorted()
  return keys.flatMap((key): Difference[] => {
    const [was, is] = [wanted.get(key), found.get(key)]
    if (is === undefined) return [{ kind: 'missing', key }]
    if (was === undefined) return [{ kind: 'extra', key }]
    const facts = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    return facts
      .filter((fact) => was[fact] !== is[fact])
      .map((fact) => ({ kind: 'changed', key, fact, wanted: was[fact], found: is[fact] }))
  })
}
