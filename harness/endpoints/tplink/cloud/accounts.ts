import type { EndpointClock, Ids } from '../../core/index.ts'
import type { AccountSeed, TplinkSeed } from '../seed.ts'
import { CloudError } from './errors.ts'

export interface Session {
  readonly account: Account
  readonly token: string
  readonly refreshToken: string
  readonly expiresMs: number
  readonly refreshExpiresMs: number
  /** A newer login took its place. */
  readonly displaced: boolean
}

export interface Account {
  readonly seed: AccountSeed
  readonly id: string
  wrongPasswords: number
  lockedUntilMs: number
}

/** Who may do what until when. Time is the endpoint's. */
export class Accounts {
  readonly #seed: TplinkSeed
  readonly #clock: EndpointClock
  readonly #ids: Ids
  readonly #accounts = new Map<string, Account>()
  readonly #sessions = new Map<string, Session>()

  constructor(seed: TplinkSeed, clock: EndpointClock, ids: Ids) {
    this.#seed = seed
    this.#clock = clock
    this.#ids = ids
    for (const each of seed.accounts) this.reset(each)
  }

  find(email: string): Account | undefined {
    return this.#accounts.get(email.toLowerCase())
  }

  /** As it was seeded, and nobody is logged in. */
  reset(seed: AccountSeed): void {
    const email = seed.email.toLowerCase()
    for (const [token, { account }] of this.#sessions) {
      if (account.seed.email.toLowerCase() === email) this.#sessions.delete(token)
    }
    const id = seed.accountId ?? String(1_000_000 + this.#ids.integer(`account ${email}`, 90_000_000))
    const lockedUntilMs = seed.locked ? Number.POSITIVE_INFINITY : 0
    this.#accounts.set(email, { seed, id, wrongPasswords: 0, lockedUntilMs })
  }

  /** @throws CloudError for who is unknown, locked out, or gives the wrong password */
  authenticate(email: string, password: string): Account {
    const account = this.find(email)
    if (account === undefined) {
      throw new CloudError(this.#seed.unknownAccount === 'not-found' ? 'account-unknown' : 'password-wrong')
    }
    const now = this.#clock.now()
    if (account.lockedUntilMs > now) throw new CloudError('account-locked')
    if (account.seed.password !== password) {
      account.wrongPasswords++
      if (account.wrongPasswords >= this.#seed.wrongPasswords) {
        account.lockedUntilMs = now + this.#seed.lockSeconds * 1000
        account.wrongPasswords = 0
      }
      throw new CloudError('password-wrong')
    }
    account.wrongPasswords = 0
    return account
  }

  open(account: Account): Session {
    const { email } = account.seed
    const now = this.#clock.now()
    const session: Session = {
      account,
      token: `${this.#ids.hex(`token ${email}`, 8)}-${letters(this.#ids.hex(`token ${email}`, 46))}`,
      refreshToken: `${this.#ids.hex(`refresh token ${email}`, 8)}-${letters(this.#ids.hex(`refresh token ${email}`, 46))}`,
      expiresMs: now + this.#seed.tokenSeconds * 1000,
      refreshExpiresMs: now + this.#seed.refreshTokenSeconds * 1000,
      displaced: false,
    }
    this.#sessions.set(session.token, session)
    const live = [...this.#sessions.values()].filter((each) => each.account === account && !each.displaced)
    const [oldest] = live
    if (live.length > this.#seed.sessions && oldest !== undefined) {
      this.#sessions.set(oldest.token, { ...oldest, displaced: true })
    }
    return session
  }

  /** @throws CloudError for a token that is unknown, displaced or too old */
  session(token: string): Session {
    const session = this.#sessions.get(token)
    // The real cloud calls a token that it never gave expired as well.
    if (session === undefined) throw new CloudError('token-expired')
    if (session.displaced) throw new CloudError('login-elsewhere')
    if (session.expiresMs <= this.#clock.now()) throw new CloudError('token-expired')
    return session
  }

  /** The account that a token was given to, whether it is still good or not. */
  ownerOf(token: string): string | undefined {
    return this.#sessions.get(token)?.account.seed.email
  }

  /** A new session in place of the one that the refresh token belongs to. @throws CloudError */
  refresh(refreshToken: string): Session {
    const session = [...this.#sessions.values()].find((each) => each.refreshToken === refreshToken)
    if (session === undefined) throw new CloudError('refresh-token-wrong')
    if (session.refreshExpiresMs <= this.#clock.now()) throw new CloudError('refresh-token-expired')
    this.#sessions.delete(session.token)
    return this.open(session.account)
  }

  close(token: string): void {
    this.#sessions.delete(token)
  }

  /** Tokens stop being good at once, refresh tokens stay; how many there were. */
  expire(email: string): number {
    let count = 0
    for (const [token, session] of this.#sessions) {
      if (session.account.seed.email.toLowerCase() !== email.toLowerCase()) continue
      this.#sessions.set(token, { ...session, expiresMs: 0 })
      count++
    }
    return count
  }
}

/** 23 letters and digits out of 46 hex digits. */
function letters(hex: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  return (hex.match(/../g) ?? []).map((pair) => alphabet[Number.parseInt(pair, 16) % alphabet.length]).join('')
}
