/**
 * The name of one write: client and number of the write of that client, as one safe integer, so that a hundred
 * thousand of them compare in milliseconds.
 */
export type Token = number

const perClient = 2 ** 32

export function tokenOf(client: number, number: number): Token {
  return client * perClient + number
}

export function clientOf(token: Token): number {
  return Math.floor(token / perClient)
}

function numberOf(token: Token): number {
  return token % perClient
}

/** `3.1042`: client 3, its write 1042. */
export function tokenText(token: Token): string {
  return `${clientOf(token)}.${numberOf(token)}`
}
