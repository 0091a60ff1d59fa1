/** What a name says about the value beside it: nothing, that it is a secret, or that it holds cookies. */
export type NameMeaning = 'plain' | 'secret' | 'cookie' | 'set-cookie'

const secretWords =
  /token|secret|passw(?:or)?d|passphrase|authori[sz]ation$|apikey|accesskey|privatekey|signingkey|^credentials?$/
// These hold a setting or an address, whatever their names sound like.
const harmless = /^(?:server|max|min|num|total)tokens?$|token(?:type|count|endpoint|url|uri|expiry|expires|ttl)$/

/** What the name of a field, key or variable says of its value; case and separators do not matter. */
export function meaningOf(name: string): NameMeaning {
  const bare = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  if (bare === 'setcookie') return 'set-cookie'
  if (bare === 'cookie') return 'cookie'
  return secretWords.test(bare) && !harmless.test(bare) ? 'secret' : 'plain'
}
